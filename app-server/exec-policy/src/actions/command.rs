//! What one simple command does, by its program.

use super::operands::{loose_operands, operands, values_of, works_in_place};

/// What a command does.
#[derive(Debug, PartialEq)]
pub(super) enum Kind {
    Read(String),
    ListFiles(Option<String>),
    Search {
        query: Option<String>,
        path: Option<String>,
    },
    /// To where, when it is said.
    ChangeFolder(Option<String>),
    Other,
}

/// Programs that show the one file they are given, with their options that take a value.
const VIEWERS: &[(&[&str], &[&str])] = &[
    (&["cat", "more"], &[]),
    (
        &["bat", "batcat"],
        &["--language", "--line-range", "--theme", "--style", "--tabs", "--terminal-width", "--map-syntax"],
    ),
    (&["less"], &["-P", "-j", "-p", "-x", "-y", "-z", "--pattern", "--prompt", "--tabs"]),
];

/// Programs that list a folder, with their options that take a value.
const LISTERS: &[(&[&str], &[&str])] = &[
    (&["ls"], &["-I", "-w", "--block-size", "--color", "--format", "--quoting-style", "--time-style"]),
    (&["eza", "exa"], &["-I", "--color", "--ignore-glob", "--sort", "--time", "--time-style"]),
    (&["tree"], &["-I", "-L", "-P", "--charset", "--filelimit", "--sort"]),
    (&["du"], &["-B", "-d", "--block-size", "--exclude", "--max-depth", "--time-style"]),
];

const RG_VALUES: &[&str] = &[
    "-A",
    "-B",
    "-C",
    "-g",
    "-m",
    "-t",
    "--context",
    "--glob",
    "--iglob",
    "--max-count",
    "--max-depth",
    "--type",
    "--type-not",
];
const GREP_VALUES: &[&str] =
    &["-A", "-B", "-C", "-m", "--after-context", "--before-context", "--context", "--max-count"];
const GREP_PATTERNS: &[&str] = &["-e", "-f", "--file", "--regexp"];
const AG_VALUES: &[&str] = &["-G", "-g", "--ignore-dir", "--ignore-file", "--path-to-ignore"];
const FD_VALUES: &[&str] = &["-E", "-e", "-t", "--exclude", "--extension", "--search-path", "--type"];
const FIND_NAMES: &[&str] = &["-iname", "-name", "-path", "-regex"];
const NL_VALUES: &[&str] = &["-b", "-i", "-s", "-v", "-w"];
const AWK_VALUES: &[&str] = &["-F", "-v", "--assign", "--field-separator"];
const AWK_PROGRAMS: &[&str] = &["-f", "--file"];
const SED_VALUES: &[&str] = &["-e", "-f", "--expression", "--file"];

/// What a Python program contains that walks through folders.
const WALKS: &[&str] = &["os.listdir", "os.scandir", "os.walk", "glob.glob", "glob.iglob", "pathlib.Path", ".rglob("];

/// What a command does.
pub(super) fn kind_of(words: &[String]) -> Kind {
    let Some((program, arguments)) = words.split_first() else {
        return Kind::Other;
    };
    let program = program.as_str();
    if let Some(with_value) = values_in(VIEWERS, program) {
        return match operands(arguments, with_value).as_slice() {
            [only] => Kind::Read((*only).clone()),
            _ => Kind::Other,
        };
    }
    if let Some(with_value) = values_in(LISTERS, program) {
        return Kind::ListFiles(first(operands(arguments, with_value)));
    }
    match program {
        "cd" => Kind::ChangeFolder(folder_of(arguments)),
        "rg" | "rga" | "ripgrep-all" => {
            let operands = loose_operands(arguments, RG_VALUES);
            match arguments.iter().any(|argument| argument == "--files") {
                true => Kind::ListFiles(first(operands)),
                false => search(operands),
            }
        }
        "grep" | "egrep" | "fgrep" => grep(arguments),
        "git" => match arguments.split_first() {
            Some((command, rest)) if command == "grep" => grep(rest),
            Some((command, rest)) if command == "ls-files" => {
                Kind::ListFiles(first(operands(rest, &["--exclude", "--exclude-from"])))
            }
            _ => Kind::Other,
        },
        "ag" | "ack" | "pt" => search(operands(arguments, AG_VALUES)),
        "fd" => fd(arguments),
        "find" => find(arguments),
        "head" | "tail" => lines_of(program, arguments).map_or(Kind::Other, Kind::Read),
        "nl" | "awk" | "sed" => file_of(program, arguments).map_or(Kind::Other, Kind::Read),
        _ if is_python(program) => {
            let walks = |code: &&String| WALKS.iter().any(|walk| code.contains(walk));
            if values_of(arguments, &["-c"]).iter().any(walks) { Kind::ListFiles(None) } else { Kind::Other }
        }
        _ => Kind::Other,
    }
}

fn values_in(table: &'static [(&[&str], &'static [&'static str])], program: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|(programs, _)| programs.contains(&program)).map(|(_, values)| *values)
}

fn first(operands: Vec<&String>) -> Option<String> {
    operands.first().map(|operand| (*operand).clone())
}

fn search(operands: Vec<&String>) -> Kind {
    let mut operands = operands.into_iter().cloned();
    Kind::Search { query: operands.next(), path: operands.next() }
}

fn folder_of(arguments: &[String]) -> Option<String> {
    let folder = match arguments.iter().position(|argument| argument == "--") {
        Some(at) => arguments.get(at + 1),
        None => arguments.iter().rfind(|argument| !argument.starts_with('-')),
    };
    folder.filter(|folder| !folder.is_empty()).cloned()
}

fn grep(arguments: &[String]) -> Kind {
    let with_value: Vec<&str> = GREP_VALUES.iter().chain(GREP_PATTERNS).copied().collect();
    let operands = operands(arguments, &with_value);
    let options_end = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    match values_of(&arguments[..options_end], GREP_PATTERNS).first() {
        Some(pattern) => Kind::Search { query: Some((*pattern).clone()), path: first(operands) },
        None => search(operands),
    }
}

fn fd(arguments: &[String]) -> Kind {
    let operands = operands(arguments, FD_VALUES);
    match operands.as_slice() {
        [] => Kind::ListFiles(None),
        [path] if path.contains('/') || matches!(path.as_str(), "." | "..") => Kind::ListFiles(Some((*path).clone())),
        _ => search(operands),
    }
}

fn find(arguments: &[String]) -> Kind {
    let is_folder = |argument: &&String| !argument.starts_with('-') && !matches!(argument.as_str(), "!" | "(" | ")");
    let path = arguments.iter().find(is_folder).cloned();
    match values_of(arguments, FIND_NAMES).first() {
        Some(query) => Kind::Search { query: Some((*query).clone()), path },
        None => Kind::ListFiles(path),
    }
}

/// The file of `head FILE`, `head -n COUNT FILE` and `head -nCOUNT FILE`, and the same of `tail`.
fn lines_of(program: &str, arguments: &[String]) -> Option<String> {
    let rest = match arguments {
        [file] if !file.starts_with('-') => return Some(file.clone()),
        [option, count, rest @ ..] if option == "-n" && is_count(program, count) => rest,
        [option, rest @ ..] if option.strip_prefix("-n").is_some_and(|count| is_count(program, count)) => rest,
        _ => return None,
    };
    rest.iter().find(|argument| !argument.starts_with('-')).cloned()
}

/// Whether a text says how many lines are shown, or for `tail` with which one it begins.
pub(super) fn is_count(program: &str, text: &str) -> bool {
    let digits = text.strip_prefix('+').filter(|_| program == "tail").unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The file that `nl`, `awk` or `sed -n RANGEp` shows; none when it works on its input, or does something else.
pub(super) fn file_of(program: &str, arguments: &[String]) -> Option<String> {
    match program {
        "nl" => first(operands(arguments, NL_VALUES)),
        "awk" => {
            let with_value: Vec<&str> = AWK_VALUES.iter().chain(AWK_PROGRAMS).copied().collect();
            let has_program = !values_of(arguments, AWK_PROGRAMS).is_empty();
            operands(arguments, &with_value).get(usize::from(!has_program)).map(|file| (*file).clone())
        }
        _ => {
            let shows_lines = arguments.iter().any(|argument| argument == "-n")
                && arguments.iter().any(|argument| is_line_range(argument))
                && !works_in_place(arguments);
            let mut operands = operands(arguments, SED_VALUES).into_iter();
            operands.find(|operand| shows_lines && !is_line_range(operand)).cloned()
        }
    }
}

/// Whether a text is `5p` or `1,5p`.
fn is_line_range(text: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_suffix('p').is_some_and(|range| match range.split_once(',') {
        Some((start, end)) => is_number(start) && is_number(end),
        None => is_number(range),
    })
}

fn is_python(program: &str) -> bool {
    program
        .strip_prefix("python")
        .is_some_and(|version| version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}
