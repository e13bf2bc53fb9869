//! The command line from outside: the program is run, and what it says is read.
//!
//! Scripts rely on the keys of its lines, on its exit codes and on one line for what went wrong; so
//! those are the laws here. Two systems that fit on a screen stand in `systems/`, so that whoever
//! reads an answer can check it by hand.

mod answers;
mod boundary;
mod exports;
mod input;
mod lint;
mod mappings;
mod reconcile;
mod usage;

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::channels::tree;

/// What one run said.
struct Run {
    what: String,
    code: i32,
    out: String,
    err: String,
}

impl Run {
    /// Holds the exit code against what was expected, and goes on.
    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}{}", self.what, self.out, self.err);
        self
    }

    /// What was wrong, of a run that was refused: exit code 2, one line, and nothing is answered.
    #[track_caller]
    fn refusal(self) -> String {
        let Self { what, out, err, .. } = self.exits(2);
        assert_eq!(out, "", "{what} answers all the same");
        let line = err.strip_suffix('\n').filter(|line| !line.contains('\n'));
        let said = line.and_then(|line| line.strip_prefix("error: "));
        said.unwrap_or_else(|| panic!("{what} does not say it in one line: {err:?}")).to_owned()
    }

    /// The objects, one a line.
    #[track_caller]
    fn objects(&self) -> Vec<Value> {
        let line = |line: &str| {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
        };
        self.out.lines().map(line).collect()
    }

    /// The only object.
    #[track_caller]
    fn object(&self) -> Value {
        let mut objects = self.objects();
        assert_eq!(objects.len(), 1, "{}\n{}", self.what, self.out);
        objects.remove(0)
    }
}

/// Where the program is run: a folder of its own, with both small systems in `systems/`.
struct Desk {
    folder: PathBuf,
}

impl Desk {
    /// Each test has its desk; what an earlier run left on it is cleared away.
    fn of(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(test);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder }
            .with("systems/shop.toml", include_str!("systems/shop.toml"))
            .with("systems/books.toml", include_str!("systems/books.toml"))
    }

    /// The same with a file on it.
    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// Runs the program with words that have no blanks inside, and nothing on standard input.
    fn run(&self, words: &str) -> Run {
        self.feed(words, "")
    }

    /// The same with something on standard input.
    fn feed(&self, words: &str, input: impl AsRef<[u8]>) -> Run {
        self.call(&words.split_whitespace().collect::<Vec<_>>(), input.as_ref())
    }

    fn call(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut program = self.program();
        let mut child = program.args(arguments).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // On a thread of its own: both pipes may be full at once.
        let Output { status, stdout, stderr } = std::thread::scope(|scope| {
            scope.spawn(move || match stdin.write_all(input) {
                // Whoever refuses its arguments reads nothing.
                Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("{error}"),
                _ => {}
            });
            child.wait_with_output().unwrap()
        });
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let what = format!("order-status {}", arguments.join(" "));
        let code = status.code().unwrap_or_else(|| panic!("{what}: {status}"));
        let (out, err) = (text(stdout), text(stderr));
        assert!(!err.contains("panicked"), "{what}: {err}");
        Run { what, code, out, err }
    }

    fn program(&self) -> Command {
        let mut program = Command::new(path("order-status"));
        program.current_dir(&self.folder);
        // What the terminal of whoever runs the tests wants is not what the tests want.
        for variable in ["CLICOLOR_FORCE", "CLICOLOR", "NO_COLOR"] {
            program.env_remove(variable);
        }
        program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        program
    }
}

/// An example beside the test binary: `cargo test` builds those of its profile.
fn path(example: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let profile = tests.parent().and_then(Path::parent).unwrap();
    let name = format!("{example}{}", std::env::consts::EXE_SUFFIX);
    let path = profile.join("examples").join(name);
    assert!(
        path.exists(),
        "{} is not there; `cargo build --example {example}` makes it, and so does a `cargo test` of everything",
        path.display()
    );
    // `cargo test --test it` builds the tests alone. Whoever works on a mapping may do that: what is
    // tested here does not hang on a row.
    let changed = |path: &Path| std::fs::metadata(path).unwrap().modified().unwrap();
    let built = changed(&path);
    let own = tree().join("examples").join(example);
    let own = if own.is_dir() { files(&own) } else { vec![own.with_extension("rs")] };
    let library = files(&tree().join("src"));
    let newer = library.into_iter().chain(own).find(|file| changed(file) > built);
    if let Some(newer) = newer {
        panic!("{example} is older than {}: `cargo build --examples`", newer.display());
    }
    path
}

/// The sources in a folder and in those inside.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let source = |path: &PathBuf| path.extension().is_some_and(|end| end == "rs" || end == "toml");
    let inside = folders.iter().flat_map(|folder| self::files(folder));
    files.into_iter().filter(source).chain(inside).collect()
}

/// Holds the keys of an object against a list with blanks, in any order.
#[track_caller]
fn has_keys(object: &Value, expected: &str) {
    let mut expected: Vec<_> = expected.split(' ').collect();
    expected.sort_unstable();
    let keys: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, expected, "{object}");
}

/// The sample export of this name.
fn sample(name: &str) -> String {
    tree().join("examples/data").join(name).to_str().unwrap().to_owned()
}

/// Holds what is printed to a terminal against what a terminal or an eye would obey.
#[track_caller]
fn is_harmless(text: &str) {
    let harmless = |c: char| c == '\n' || !c.is_control() && !BIDI.contains(&c);
    assert!(text.chars().all(harmless), "{text:?}");
}

/// Turns the text behind it around, or hides it.
const BIDI: [char; 6] = ['\u{202e}', '\u{202d}', '\u{2066}', '\u{2069}', '\u{200b}', '\u{feff}'];
