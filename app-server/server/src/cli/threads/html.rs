//! A thread as one page of HTML that needs nothing beside it: no script, no network.
//!
//! Everything from the thread is escaped on its way into the page; the page itself forbids whatever could be loaded or run.

use std::fmt::Write;

use super::document::{Block, Chapter, Document};
use super::prose::to_html;
use crate::cli::show::Style;

const STYLE: &str = include_str!("page.css");

/// A patch of more lines is folded.
const OPEN_LINES: usize = 40;

/// The whole page.
pub(super) fn page(document: &Document) -> String {
    let title = escaped(&document.title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1 dir=\"auto\">{title}</h1>\n<dl>\n"
    );
    for (name, value) in &document.facts {
        let _ = writeln!(page, "<dt>{name}</dt><dd>{}</dd>", escaped(value));
    }
    page.push_str("</dl>\n</header>\n<main>\n");
    for (index, turn) in document.turns.iter().enumerate() {
        chapter(&mut page, index + 1, turn);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn chapter(page: &mut String, number: usize, turn: &Chapter) {
    let began = turn.began.as_ref().map(|began| format!(" <time>{}</time>", escaped(began))).unwrap_or_default();
    let _ =
        writeln!(page, "<section id=\"turn-{number}\">\n<h2><a href=\"#turn-{number}\">Turn {number}</a>{began}</h2>");
    for block in &turn.blocks {
        part(page, block);
    }
    let _ = writeln!(page, "<p class=\"outcome{}\">{}</p>\n</section>", mark(turn.failed), escaped(&turn.outcome));
}

fn part(page: &mut String, block: &Block) {
    let _ = match block {
        Block::Prompt(text) => writeln!(page, "<div class=\"prompt\" dir=\"auto\">{}</div>", escaped(text)),
        Block::Answer(text) => writeln!(page, "<div class=\"answer\" dir=\"auto\">\n{}</div>", to_html(text)),
        Block::Thought(text) => writeln!(
            page,
            "<details class=\"thought\"><summary>Reasoning</summary>\n<div dir=\"auto\">\n{}</div></details>",
            to_html(text)
        ),
        Block::Command { script, output, outcome, failed } => {
            let summary = format!("<code>$ {}</code> {}", escaped(script), outcome_of(outcome, *failed));
            match output.is_empty() {
                true => writeln!(page, "<div class=\"step\">{summary}</div>"),
                false => writeln!(page, "{}", folded(&summary, &count(output), &pre(output))),
            }
        }
        Block::Changes { files, outcome, failed } => {
            let lines: usize = files.iter().map(Vec::len).sum();
            let open = if lines <= OPEN_LINES { " open" } else { "" };
            let mut diffs = String::new();
            for file in files {
                diff(&mut diffs, file);
            }
            let outcome = outcome_of(outcome, *failed);
            writeln!(page, "<details class=\"step\"{open}><summary>{outcome}</summary>\n{diffs}</details>")
        }
        Block::Call { name, input, output, outcome, failed } => {
            let summary = format!("<code>{}</code> {}", escaped(name), outcome_of(outcome, *failed));
            let texts: Vec<&String> = [input, output].into_iter().filter(|text| !text.is_empty()).collect();
            let contents: String = texts.iter().map(|text| pre(text)).collect();
            match texts.last() {
                None => writeln!(page, "<div class=\"step\">{summary}</div>"),
                Some(last) => writeln!(page, "{}", folded(&summary, &count(last), &contents)),
            }
        }
        Block::Note(text) => writeln!(page, "<p class=\"note\">{}</p>", escaped(text)),
    };
}

fn folded(summary: &str, size: &str, contents: &str) -> String {
    format!(
        "<details class=\"step\"><summary>{summary} <span class=\"size\">{size}</span></summary>\n{contents}</details>"
    )
}

/// A line break after the tag belongs to the tag, so that one of the text stays.
fn pre(text: &str) -> String {
    format!("<pre>\n{}</pre>\n", escaped(text))
}

fn diff(page: &mut String, lines: &[(Style, String)]) {
    page.push_str("<pre class=\"diff\">\n");
    for (style, line) in lines {
        let line = escaped(line);
        let _ = match style {
            Style::Added => writeln!(page, "<ins>{line}</ins>"),
            Style::Removed => writeln!(page, "<del>{line}</del>"),
            Style::Strong => writeln!(page, "<b>{line}</b>"),
            Style::Place | Style::Faint => writeln!(page, "<i>{line}</i>"),
            Style::Plain => writeln!(page, "{line}"),
        };
    }
    page.push_str("</pre>\n");
}

fn count(text: &str) -> String {
    match text.lines().count() {
        1 => "1 line".to_owned(),
        lines => format!("{lines} lines"),
    }
}

fn outcome_of(outcome: &str, failed: bool) -> String {
    format!("<span class=\"outcome{}\">{}</span>", mark(failed), escaped(outcome))
}

fn mark(failed: bool) -> &'static str {
    if failed { " failed" } else { "" }
}

/// Text that is nothing but text, in content and in attributes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
