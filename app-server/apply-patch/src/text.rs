//! The lines of a file with their ends, and a chunk's place among them.

use std::borrow::Cow;

use memchr::memchr2;

use crate::parse::{Chunk, ChunkLine};

/// A line of a file.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    /// The line end, empty where the file ends without one.
    end: &'a str,
}

/// Splits at LF, CRLF and lone CR.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let at = memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(at);
        let length = if tail.starts_with("\r\n") { 2 } else { tail.len().min(1) };
        let (end, tail) = tail.split_at(length);
        found.push(Line { text: line, end });
        rest = tail;
    }
    found
}

/// The line end that the first line has; LF where there is none.
fn usual_end<'a>(lines: &[Line<'a>]) -> &'a str {
    lines.first().map(|line| line.end).filter(|end| !end.is_empty()).unwrap_or("\n")
}

/// Why an update does not fit its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// The line after `@@` is not there.
    Header(String),
    /// The lines that stay or go are not there.
    Lines(String),
}

/// The file's text after the chunks. A result that is not empty ends with a line end.
pub(crate) fn update(text: &str, chunks: &[Chunk]) -> Result<String, Misfit> {
    let lines = lines(text);
    let usual = usual_end(&lines);
    let mut position = 0;
    let mut replacements = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        if let Some(header) = &chunk.header {
            let found = locate(&lines, &[header], position, false);
            position = found.ok_or_else(|| Misfit::Header(header.clone()))? + 1;
        }
        replacements.push(Replacement::place(&lines, chunk, &mut position)?);
    }
    // Only what is added at the end can stand before what follows it in the patch.
    replacements.sort_by_key(|replacement| replacement.start);

    let mut result = String::with_capacity(text.len() + 256);
    let mut keep = |line: &Line<'_>| {
        result.push_str(line.text);
        result.push_str(if line.end.is_empty() { usual } else { line.end });
    };
    let mut next = 0;
    for replacement in &replacements {
        lines[next..replacement.start].iter().for_each(&mut keep);
        replacement.lines.iter().for_each(&mut keep);
        next = replacement.start + replacement.old;
    }
    lines[next..].iter().for_each(&mut keep);
    Ok(result)
}

/// Which lines go, and what stands in their place.
struct Replacement<'a> {
    start: usize,
    /// How many lines go.
    old: usize,
    lines: Vec<Line<'a>>,
}

impl<'a> Replacement<'a> {
    /// Finds the chunk at or after a position, and moves the position behind it.
    fn place(lines: &[Line<'a>], chunk: &'a Chunk, position: &mut usize) -> Result<Self, Misfit> {
        let mut old: Vec<&str> = chunk.lines.iter().filter_map(old_text).collect();
        let mut new: &[ChunkLine] = &chunk.lines;
        if old.is_empty() {
            return Ok(Self { start: lines.len(), old: 0, lines: chunk.lines.iter().map(added).collect() });
        }
        let misfit = old.join("\n");
        let mut found = locate(lines, &old, *position, chunk.end_of_file);
        if found.is_none() && old.last() == Some(&"") {
            // An empty line at the end of a chunk is often no line of the file.
            old.pop();
            new = without_last_empty(new);
            found = locate(lines, &old, *position, chunk.end_of_file);
        }
        let start = found.ok_or(Misfit::Lines(misfit))?;
        *position = start + old.len();
        let mut there = lines[start..*position].iter();
        let mut result = Vec::with_capacity(new.len());
        for line in new {
            match line {
                ChunkLine::Context(_) => result.push(there.next().copied().unwrap_or_else(|| added(line))),
                ChunkLine::Added(_) => result.push(added(line)),
                ChunkLine::Removed(_) => {
                    there.next();
                }
            }
        }
        Ok(Self { start, old: old.len(), lines: result })
    }
}

/// The text of a line that stays or goes.
fn old_text(line: &ChunkLine) -> Option<&str> {
    match line {
        ChunkLine::Context(text) | ChunkLine::Removed(text) => Some(text),
        ChunkLine::Added(_) => None,
    }
}

/// A line that comes, and takes the file's usual end.
fn added(line: &ChunkLine) -> Line<'_> {
    let (ChunkLine::Context(text) | ChunkLine::Added(text) | ChunkLine::Removed(text)) = line;
    Line { text, end: "" }
}

/// The lines without the last one that stays or comes, if that is empty.
fn without_last_empty(lines: &[ChunkLine]) -> &[ChunkLine] {
    let last = lines.iter().rposition(|line| !matches!(line, ChunkLine::Removed(_)));
    match last {
        Some(at) if matches!(&lines[at], ChunkLine::Context(text) | ChunkLine::Added(text) if text.is_empty()) => {
            &lines[..at]
        }
        _ => lines,
    }
}

/// Where the pattern stands, at or after a position: exactly, or else but for blanks at the ends of lines, or else but
/// for blanks on both sides, or else but for typographic characters. `end` asks for the very end of the file. An empty
/// pattern stands everywhere.
fn locate(lines: &[Line<'_>], pattern: &[&str], position: usize, end: bool) -> Option<usize> {
    if pattern.is_empty() {
        return Some(position);
    }
    let position = if end { lines.len().checked_sub(pattern.len())?.max(position) } else { position };
    let lines = &lines[position.min(lines.len())..];
    let passes: [fn(&str) -> Cow<'_, str>; 4] =
        [exact, |line| Cow::Borrowed(line.trim_end()), |line| Cow::Borrowed(line.trim()), plain];
    passes.into_iter().find_map(|key| find(lines, pattern, key)).map(|found| position + found)
}

/// The first place of the pattern, in time that is linear in both (Knuth, Morris and Pratt).
fn find(lines: &[Line<'_>], pattern: &[&str], key: fn(&str) -> Cow<'_, str>) -> Option<usize> {
    let pattern: Vec<Cow<'_, str>> = pattern.iter().map(|line| key(line)).collect();
    // For each line of the pattern: how much of its beginning still fits when the next line does not.
    let mut fallback = vec![0; pattern.len()];
    let mut matched = 0;
    for at in 1..pattern.len() {
        while matched > 0 && pattern[at] != pattern[matched] {
            matched = fallback[matched - 1];
        }
        matched += usize::from(pattern[at] == pattern[matched]);
        fallback[at] = matched;
    }
    matched = 0;
    for (at, line) in lines.iter().enumerate() {
        let line = key(line.text);
        while matched > 0 && line != pattern[matched] {
            matched = fallback[matched - 1];
        }
        matched += usize::from(line == pattern[matched]);
        if matched == pattern.len() {
            return Some(at + 1 - matched);
        }
    }
    None
}

fn exact(line: &str) -> Cow<'_, str> {
    Cow::Borrowed(line)
}

/// A line without blanks around it, with typographic dashes, quotes and blanks as plain ones.
fn plain(line: &str) -> Cow<'_, str> {
    let line = line.trim();
    if line.is_ascii() {
        return Cow::Borrowed(line);
    }
    let plain = line.chars().map(|character| match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}'..='\u{201b}' => '\'',
        '\u{201c}'..='\u{201f}' => '"',
        '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        other => other,
    });
    Cow::Owned(plain.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text after chunks in the notation of patches, `@@` between them.
    fn after(text: &str, chunks: &str) -> Result<String, Misfit> {
        let patch = format!("*** Begin Patch\n*** Update File: a\n{chunks}\n*** End Patch");
        let patch = crate::parse::parse(&patch).unwrap();
        let [crate::parse::Hunk::Update { chunks, .. }] = patch.hunks.as_slice() else {
            panic!("no update: {patch:?}")
        };
        update(text, chunks)
    }

    #[test]
    fn matching() {
        let cases = [
            ("exact wins over trimmed", " a\na\n", "-a\n+b", " a\nb\n"),
            ("header before the lines", "h\nx\nh\n", "@@ h\n-h\n+y", "h\nx\ny\n"),
            ("typography", "\u{201c}x\u{201d} \u{2014} y\u{a0}z\n", "-\"x\" - y z\n+w", "w\n"),
            ("only additions go to the end", "a\n", "@@\n+y\n@@\n-a\n+b", "b\ny\n"),
            ("an empty last line that is not there", "a\n", "-a\n+b\n", "b\n"),
            ("an empty last line alone stands everywhere", "a\n", "+x\n\n*** End of File", "x\na\n"),
            ("the end of the file", "x\nx\n", "-x\n+y\n*** End of File", "x\ny\n"),
            ("the first line end", "a\r\nb\nc\nd\n", "+x", "a\r\nb\nc\nd\nx\r\n"),
            ("a missing last line end", "a\r\nb", " a\n+x\n b", "a\r\nx\r\nb\r\n"),
            ("nothing is left", "a", "-a", ""),
            ("an empty file", "", "+a", "a\n"),
        ];
        for (name, text, chunks, expected) in cases {
            assert_eq!(after(text, chunks).as_deref(), Ok(expected), "{name}");
        }
    }

    #[test]
    fn misfits() {
        let lines = |text: &str| Err(Misfit::Lines(text.to_owned()));
        assert_eq!(after("a\nb\n", "-b\n@@\n-a"), lines("a"));
        assert_eq!(after("a\nb\n", "-b\n@@\n-b\n*** End of File"), lines("b"));
        assert_eq!(after("a\nb\n", "-a\n \n \n"), lines("a\n\n\n"));
        assert_eq!(after("\u{feff}a\n", "-a"), lines("a"));
        assert_eq!(after("a\n", "@@ b\n+x"), Err(Misfit::Header("b".to_owned())));
    }

    #[test]
    fn a_pattern_is_found_where_its_beginning_repeats() {
        let text = "a\na\nb\na\na\na\nb\nc\n";
        assert_eq!(after(text, " a\n a\n b\n-c").as_deref(), Ok("a\na\nb\na\na\na\nb\n"));
    }
}
