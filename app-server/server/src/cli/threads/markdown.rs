//! A thread as Markdown.

use std::fmt::Write;

use super::document::{Block, Document};
use super::prose::{escaped, fenced, to_markdown};

/// The whole document.
pub(super) fn text(document: &Document) -> String {
    let mut text = format!("# {}\n\n", escaped(&document.title));
    for (name, value) in &document.facts {
        let _ = writeln!(text, "- {name}: {}", escaped(value));
    }
    for (index, turn) in document.turns.iter().enumerate() {
        let began = turn.began.as_ref().map(|began| format!(", {began}")).unwrap_or_default();
        let _ = write!(text, "\n## Turn {}{began}\n\n", index + 1);
        for block in &turn.blocks {
            let _ = write!(text, "{}\n\n", part(block));
        }
        let _ = writeln!(text, "*{}*", escaped(&turn.outcome));
    }
    text
}

fn part(block: &Block) -> String {
    match block {
        Block::Prompt(text) => quoted(&to_markdown(text)),
        Block::Answer(text) => to_markdown(text),
        Block::Thought(text) => {
            format!("<details><summary>Reasoning</summary>\n\n{}\n\n</details>", to_markdown(text))
        }
        Block::Command { script, output, outcome, .. } => {
            format!("{}\n\n*{}*", fenced("console", &format!("$ {script}\n{output}")), escaped(outcome))
        }
        Block::Changes { files, outcome, .. } => {
            let mut text = String::new();
            for lines in files {
                let lines: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
                let _ = write!(text, "{}\n\n", fenced("diff", &lines.join("\n")));
            }
            format!("{text}*{outcome}*")
        }
        Block::Call { name, input, output, outcome, .. } => {
            let mut text = format!("**{}**: *{}*", escaped(name), escaped(outcome));
            for content in [input, output].into_iter().filter(|content| !content.is_empty()) {
                let _ = write!(text, "\n\n{}", fenced("", content));
            }
            text
        }
        Block::Note(text) => format!("*{}*", escaped(text)),
    }
}

/// A quotation of these lines.
fn quoted(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
    if lines.is_empty() { ">".to_owned() } else { lines.join("\n") }
}
