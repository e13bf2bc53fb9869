//! The mappings at hand: the built-in ones, and folders of one's own on top of them.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use order_status::builtin;
use order_status::diagnostic::{Report, Source};
use order_status::mapping::{Field, LARGEST_FILE, Mapping, Origin, RecordKind};
use order_status::text::nearest;

use crate::output::{NotUtf8, Outcome, Stop};

pub(crate) struct Catalogue {
    own: Vec<MappingFile>,
}

/// A file that was read, not checked.
pub(crate) struct MappingFile {
    /// Files of later folders come on top of those of earlier ones.
    folder: usize,
    pub(crate) name: String,
    pub(crate) text: String,
    head: Head,
}

/// What tells how files lie on each other; wrong types are left to the checker.
#[derive(Default)]
struct Head {
    id: Option<String>,
    extends: Option<String>,
}

#[derive(Clone, Copy)]
enum Place<'a> {
    BuiltIn(Source<'static>),
    Own(&'a MappingFile),
}

impl Catalogue {
    pub(crate) fn open(folders: &[PathBuf]) -> Outcome<Self> {
        let mut own: Vec<MappingFile> = Vec::new();
        for (number, folder) in folders.iter().enumerate() {
            for path in mapping_files(folder)? {
                let file = MappingFile::read(&path, number)?;
                let Some(id) = &file.head.id else {
                    return Err(refused(&file.name, &"it has no `id` that can be read"));
                };
                let twin = own.iter().find(|known| known.folder == number && known.is_about(id));
                if let Some(twin) = twin {
                    let message = format!("it is about `{id}`, and so is {}", twin.name);
                    return Err(refused(&file.name, &message));
                }
                own.push(file);
            }
        }
        Ok(Self { own })
    }

    /// The same with more files on top, which may be about the same system.
    pub(crate) fn and(mut self, files: impl IntoIterator<Item = MappingFile>) -> Self {
        let top = self.own.iter().map(|file| file.folder + 1).max().unwrap_or_default();
        self.own.extend(files.into_iter().map(|file| MappingFile { folder: top, ..file }));
        self
    }

    /// The files of the last folder.
    pub(crate) fn top(&self) -> impl Iterator<Item = &MappingFile> {
        let top = self.own.iter().map(|file| file.folder).max();
        self.own.iter().filter(move |file| Some(file.folder) == top)
    }

    /// The ids of all systems, in alphabetical order.
    pub(crate) fn ids(&self) -> Vec<&str> {
        let own = self.own.iter().filter_map(|file| file.head.id.as_deref());
        let mut ids: Vec<_> = own.chain(builtin::ALL.iter().map(|source| id_of(source))).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Loads the mapping of a system.
    pub(crate) fn mapping(&self, id: &str) -> Outcome<Mapping> {
        match self.find(id, |_| true) {
            Some(place) => self.load(place, 0),
            None => Err(unknown("channel", id, &self.ids())),
        }
    }

    /// The mapping that a file extends, if it extends one that is at hand.
    pub(crate) fn base_of(&self, file: &MappingFile) -> Outcome<Option<Mapping>> {
        self.base_place(file).map(|place| self.load(place, 0)).transpose()
    }

    fn base_place(&self, file: &MappingFile) -> Option<Place<'_>> {
        let wanted = file.head.extends.as_deref()?;
        // Two files of one folder that take the place of the same file do not lie on each other.
        let is_beside = |other: &MappingFile| {
            other.folder == file.folder && file.is_overlay() && other.is_overlay()
        };
        self.find(wanted, |other| {
            other.folder <= file.folder && !is_beside(other) && !core::ptr::eq(other, file)
        })
    }

    fn find(&self, id: &str, fits: impl Fn(&MappingFile) -> bool) -> Option<Place<'_>> {
        let own = self.own.iter().filter(|file| file.is_about(id) && fits(file));
        own.max_by_key(|file| file.folder).map(Place::Own).or_else(|| {
            builtin::ALL.iter().find(|source| id_of(source) == id).copied().map(Place::BuiltIn)
        })
    }

    fn load(&self, place: Place<'_>, depth: usize) -> Outcome<Mapping> {
        let file = match place {
            Place::BuiltIn(source) => {
                return Mapping::load(source).map_err(|report| mistakes(&report));
            }
            Place::Own(file) => file,
        };
        if depth > self.own.len() {
            return Err(refused(&file.name, &"it extends a file that extends it"));
        }
        let base = self.base_place(file).map(|base| self.load(base, depth + 1)).transpose()?;
        match base {
            Some(base) => Mapping::load_extending(file.source(), &base),
            None => Mapping::load(file.source()),
        }
        .map_err(|report| mistakes(&report))
    }
}

impl MappingFile {
    /// Reads a file, but not a larger one than the library would.
    pub(crate) fn read(path: &Path, folder: usize) -> Outcome<Self> {
        let name = path.display().to_string();
        let mut bytes = Vec::new();
        let limit = LARGEST_FILE as u64 + 1;
        File::open(path)
            .and_then(|file| file.take(limit).read_to_end(&mut bytes))
            .map_err(|error| refused(&name, &error))?;
        if bytes.len() > LARGEST_FILE {
            let message = format!("it has more than {LARGEST_FILE} bytes, the most that is read");
            return Err(refused(&name, &message));
        }
        let text = String::from_utf8(bytes)
            .map_err(|error| refused(&name, &format_args!("is {}", NotUtf8(error.utf8_error()))))?;
        Ok(Self { folder, head: Head::of(&text), name, text })
    }

    pub(crate) fn source(&self) -> Source<'_> {
        Source::new(&self.name, &self.text)
    }

    /// Does it take the place of the file that it extends?
    fn is_overlay(&self) -> bool {
        self.head.extends.is_some() && self.head.extends == self.head.id
    }

    fn is_about(&self, id: &str) -> bool {
        self.head.id.as_deref() == Some(id)
    }
}

impl Head {
    fn of(text: &str) -> Self {
        // The tree is read as far as it goes: what is wrong further down is the checker's business.
        let (tree, _) = toml::de::DeTable::parse_recoverable(text);
        let text = |key: &str| {
            tree.get_ref().get(key).and_then(|value| value.get_ref().as_str()).map(Into::into)
        };
        let extends: Option<String> = text("extends");
        // Without an id of its own a file takes the place of the one that it extends.
        Self { id: text("id").or_else(|| extends.clone()), extends }
    }
}

/// The mapping files of a folder, in alphabetical order; a file stands for itself.
pub(crate) fn mapping_files(path: &Path) -> Outcome<Vec<PathBuf>> {
    let name = path.display();
    let about = std::fs::metadata(path).map_err(|error| refused(&name, &error))?;
    if !about.is_dir() {
        return Ok(vec![path.into()]);
    }
    let entries = std::fs::read_dir(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| refused(&name, &error))?;
    let mut files: Vec<_> = entries
        .iter()
        .map(std::fs::DirEntry::path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort_unstable();
    if files.is_empty() {
        return Err(refused(&name, &"there is no mapping file (*.toml) in this folder"));
    }
    Ok(files)
}

/// A field by its name.
pub(crate) fn field<'m>(mapping: &'m Mapping, name: &str) -> Outcome<&'m Field> {
    let what = format!("field of {}", mapping.channel().id());
    mapping.field(name).ok_or_else(|| {
        unknown(&what, name, &mapping.fields().iter().map(Field::name).collect::<Vec<_>>())
    })
}

/// A kind of record by its name.
pub(crate) fn record<'m>(mapping: &'m Mapping, name: &str) -> Outcome<&'m RecordKind> {
    let what = format!("record of {}", mapping.channel().id());
    mapping.record(name).ok_or_else(|| {
        unknown(&what, name, &mapping.records().iter().map(RecordKind::name).collect::<Vec<_>>())
    })
}

/// Where something is written: `file:line`.
pub(crate) fn place(mapping: &Mapping, origin: Origin) -> String {
    format!("{}:{}", mapping.file_of(origin), origin.line())
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Stop {
    let meant = nearest(name, known.iter().copied())
        .map(|name| format!("; did you mean `{name}`?"))
        .unwrap_or_default();
    Stop::Failed(format!("`{name}` is no {what}{meant} (known: {})", known.join(", ")))
}

fn mistakes(report: &Report) -> Stop {
    let first = report.to_string();
    let first = first.lines().next().unwrap_or_default();
    let file = report.source_name();
    Stop::Failed(match report.iter().len() {
        1 => first.to_owned(),
        more => format!("{first} (and {} more; `order-status lint {file}` shows them)", more - 1),
    })
}

fn refused(name: &dyn core::fmt::Display, reason: &dyn core::fmt::Display) -> Stop {
    Stop::Failed(format!("{name}: {reason}"))
}

/// Built-in files are named after their systems.
fn id_of(source: &Source<'static>) -> &'static str {
    let name = source.name.rsplit_once('/').map_or(source.name, |(_, name)| name);
    name.strip_suffix(".toml").unwrap_or(name)
}
