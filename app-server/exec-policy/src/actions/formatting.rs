//! Commands that only shape what another one puts out.

use super::command::{file_of, is_count};
use super::operands::works_in_place;

/// Whether a command only shapes its input, and says nothing about files.
pub(super) fn only_formats(words: &[String]) -> bool {
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    match program.as_str() {
        "column" | "cut" | "printf" | "sort" | "tee" | "tr" | "uniq" | "wc" | "yes" => true,
        "xargs" => !changes_files(arguments),
        "awk" => file_of(program, arguments).is_none(),
        "sed" => !works_in_place(arguments) && file_of(program, arguments).is_none(),
        "nl" => arguments.iter().all(|argument| argument.starts_with('-')),
        "head" | "tail" => match arguments {
            [] => true,
            [option] => option.starts_with('-'),
            [option, count] => matches!(option.as_str(), "-n" | "-c") && is_count(program, count),
            _ => false,
        },
        _ => false,
    }
}

/// Whether the command that `xargs` runs rewrites files.
fn changes_files(arguments: &[String]) -> bool {
    let editors = ["perl", "rg", "ruby", "sed"];
    let Some(at) = arguments.iter().position(|argument| editors.contains(&argument.as_str())) else {
        return false;
    };
    let rest = &arguments[at + 1..];
    match arguments[at].as_str() {
        "rg" => rest.iter().any(|argument| argument == "--replace"),
        _ => works_in_place(rest),
    }
}
