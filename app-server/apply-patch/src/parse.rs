//! The patch format: text in, hunks out, and errors that name the line.

use std::fmt;

/// What a patch says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patch {
    /// The environment that the patch asks to be applied in, if it names one.
    pub environment: Option<String>,
    /// What is done to files, in the order of the patch.
    pub hunks: Vec<Hunk>,
}

/// What is done to one file. Paths are as the patch has them, relative or absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hunk {
    /// A file is written, whether or not one is there.
    Add {
        /// Where.
        path: String,
        /// The whole content; every line ends with a line feed.
        content: String,
    },
    /// A file is removed.
    Delete {
        /// Which.
        path: String,
    },
    /// Parts of a file are replaced.
    Update {
        /// Which file.
        path: String,
        /// Where the result goes, if not to the same place.
        move_to: Option<String>,
        /// What is replaced, from top to bottom. Never empty.
        chunks: Vec<Chunk>,
    },
}

impl Hunk {
    /// The path after the hunk's header.
    pub fn path(&self) -> &str {
        match self {
            Self::Add { path, .. } | Self::Delete { path } | Self::Update { path, .. } => path,
        }
    }
}

/// A run of lines of a file, and what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chunk {
    /// A line that stands somewhere before the chunk.
    pub header: Option<String>,
    /// The lines. Never empty.
    pub lines: Vec<ChunkLine>,
    /// Whether the chunk ends where the file ends.
    pub end_of_file: bool,
}

/// A line of a chunk, without its line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChunkLine {
    /// Stays.
    Context(String),
    /// Comes.
    Added(String),
    /// Goes.
    Removed(String),
}

/// Why a text is no patch. The text is that for a model; [`ParseError::tool_text`] has that of the command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// The frame around the hunks is wrong.
    #[error("invalid patch: {0}")]
    Frame(FrameProblem),
    /// A line within is wrong.
    #[error("invalid hunk at line {line}, {problem}")]
    Hunk {
        /// The number of the line; the line with `*** Begin Patch` is 1.
        line: usize,
        /// What is wrong with it.
        problem: HunkProblem,
    },
}

impl ParseError {
    /// The same in the words of the command apply_patch.
    pub fn tool_text(&self) -> String {
        match self {
            Self::Frame(problem) => format!("Invalid patch: {problem}"),
            Self::Hunk { line, problem } => format!("Invalid patch hunk on line {line}: {problem}"),
        }
    }
}

/// What can be wrong with the frame of a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameProblem {
    /// It does not begin as a patch.
    #[error("The first line of the patch must be '{BEGIN}'")]
    Begin,
    /// It does not end as a patch, or goes on after its end.
    #[error("The last line of the patch must be '{END}'")]
    End,
    /// `*** Environment ID:` with nothing behind it.
    #[error("apply_patch environment_id cannot be empty")]
    EmptyEnvironment,
    /// A second `*** Environment ID:`.
    #[error("apply_patch environment_id cannot be specified more than once")]
    SecondEnvironment,
}

/// What can be wrong with a line of a patch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HunkProblem {
    /// A hunk should begin here.
    NoHeader(String),
    /// Nothing follows the header of an update.
    EmptyUpdate(String),
    /// Nothing follows an `@@`.
    EmptyChunk,
    /// The first line of a chunk is no line of a chunk.
    NoChunkLine(String),
    /// A chunk has ended, and no other begins.
    NoChunk(String),
}

impl fmt::Display for HunkProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHeader(line) => write!(
                out,
                "'{line}' is not a valid hunk header. Valid hunk headers: '{ADD}{{path}}', '{DELETE}{{path}}', '{UPDATE}{{path}}'"
            ),
            Self::EmptyUpdate(path) => write!(out, "Update file hunk for path '{path}' is empty"),
            Self::EmptyChunk => out.write_str("Update hunk does not contain any lines"),
            Self::NoChunkLine(line) => write!(
                out,
                "Unexpected line found in update hunk: '{line}'. Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)"
            ),
            Self::NoChunk(line) => {
                write!(out, "Expected update hunk to start with a @@ context marker, got: '{line}'")
            }
        }
    }
}

const BEGIN: &str = "*** Begin Patch";
const END: &str = "*** End Patch";
const ENVIRONMENT: &str = "*** Environment ID:";
const ADD: &str = "*** Add File: ";
const DELETE: &str = "*** Delete File: ";
const UPDATE: &str = "*** Update File: ";
const MOVE: &str = "*** Move to: ";
const CHUNK: &str = "@@";
const CHUNK_WITH_HEADER: &str = "@@ ";
const END_OF_FILE: &str = "*** End of File";

/// Reads a patch. Blanks around it do not matter, nor does a heredoc around it ([`parse_heredoc_body`]).
///
/// # Errors
/// When the text is no patch: what is wrong, and in which line.
pub fn parse(text: &str) -> Result<Patch, ParseError> {
    let text = text.trim();
    let lines = framed(text).or_else(|error| match parse_heredoc_body(text) {
        // A single line within is no patch that was wrapped.
        Some(body) if body.contains('\n') => framed(body),
        _ => Err(error),
    })?;
    let mut parser = Parser::default();
    // The first line is number 1, and the frame has been looked at.
    let mut number = 1;
    for line in lines {
        number += 1;
        parser.line(number, line.trim_end_matches('\r'))?;
    }
    parser.end(number + 1)?;
    Ok(Patch { environment: parser.environment, hunks: parser.hunks })
}

/// The text within `<<EOF` (or `<<'EOF'`, or `<<"EOF"`) and `EOF`, when it is wrapped so.
pub fn parse_heredoc_body(text: &str) -> Option<&str> {
    let (first, rest) = text.trim().split_once('\n')?;
    if !matches!(first.trim_end_matches('\r'), "<<EOF" | "<<'EOF'" | "<<\"EOF\"") {
        return None;
    }
    let (body, last) = rest.rsplit_once('\n')?;
    last.ends_with("EOF").then_some(body)
}

/// The lines between the first and the last.
fn framed(text: &str) -> Result<Vec<&str>, ParseError> {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.first().is_some_and(|first| first.trim() != BEGIN) {
        return Err(ParseError::Frame(FrameProblem::Begin));
    }
    if lines.len() < 2 || lines.pop().is_none_or(|last| last.trim() != END) {
        return Err(ParseError::Frame(FrameProblem::End));
    }
    lines.remove(0);
    Ok(lines)
}

#[derive(Default)]
struct Parser {
    environment: Option<String>,
    hunks: Vec<Hunk>,
    state: State,
}

#[derive(Default)]
enum State {
    /// No hunk has begun.
    #[default]
    Start,
    /// A hunk without lines of its own has ended.
    Between,
    Add {
        path: String,
        content: String,
    },
    Update(Update),
    /// `*** End Patch` has been read.
    Ended,
}

struct Update {
    /// The number of the header's line.
    line: usize,
    path: String,
    move_to: Option<String>,
    chunks: Vec<Chunk>,
}

impl Parser {
    fn line(&mut self, number: usize, line: &str) -> Result<(), ParseError> {
        match &mut self.state {
            State::Start => {
                let Some(environment) = line.trim().strip_prefix(ENVIRONMENT) else { return self.header(number, line) };
                if self.environment.is_some() {
                    return Err(ParseError::Frame(FrameProblem::SecondEnvironment));
                }
                if environment.trim().is_empty() {
                    return Err(ParseError::Frame(FrameProblem::EmptyEnvironment));
                }
                self.environment = Some(environment.trim().to_owned());
                Ok(())
            }
            State::Between => self.header(number, line),
            State::Add { content, .. } => match line.strip_prefix('+') {
                Some(added) => {
                    content.push_str(added);
                    content.push('\n');
                    Ok(())
                }
                None => self.header(number, line),
            },
            State::Update(update) => {
                // Unlike elsewhere, a blank before a header makes it a line of the file.
                let header = line.trim_end();
                if header == END || Header::read(header).is_some() {
                    update.complete(number, line)?;
                    return self.header(number, line);
                }
                update.line(number, line)
            }
            // The last line of all is not among these.
            State::Ended if line.trim().is_empty() => Ok(()),
            State::Ended => Err(ParseError::Frame(FrameProblem::End)),
        }
    }

    /// A line that must begin a hunk, or end the patch.
    fn header(&mut self, number: usize, line: &str) -> Result<(), ParseError> {
        let line = line.trim();
        let next = match Header::read(line) {
            Some(Header::Add(path)) => State::Add { path: path.to_owned(), content: String::new() },
            Some(Header::Delete(path)) => {
                self.close();
                self.hunks.push(Hunk::Delete { path: path.to_owned() });
                State::Between
            }
            Some(Header::Update(path)) => {
                State::Update(Update { line: number, path: path.to_owned(), move_to: None, chunks: Vec::new() })
            }
            None if line == END => State::Ended,
            None => {
                return Err(ParseError::Hunk { line: number, problem: HunkProblem::NoHeader(line.to_owned()) });
            }
        };
        self.close();
        self.state = next;
        Ok(())
    }

    /// Takes the hunk that was open.
    fn close(&mut self) {
        match std::mem::replace(&mut self.state, State::Between) {
            State::Add { path, content } => self.hunks.push(Hunk::Add { path, content }),
            State::Update(Update { path, move_to, chunks, .. }) => {
                self.hunks.push(Hunk::Update { path, move_to, chunks });
            }
            State::Start | State::Between | State::Ended => {}
        }
    }

    /// The line `*** End Patch` at the very end.
    fn end(&mut self, number: usize) -> Result<(), ParseError> {
        if let State::Update(update) = &self.state {
            update.complete(number, END)?;
        }
        self.close();
        Ok(())
    }
}

enum Header<'a> {
    Add(&'a str),
    Delete(&'a str),
    Update(&'a str),
}

impl<'a> Header<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let add = || line.strip_prefix(ADD).map(Self::Add);
        let delete = || line.strip_prefix(DELETE).map(Self::Delete);
        let update = || line.strip_prefix(UPDATE).map(Self::Update);
        add().or_else(delete).or_else(update)
    }
}

impl Update {
    fn line(&mut self, number: usize, line: &str) -> Result<(), ParseError> {
        let wrong = |problem: fn(String) -> HunkProblem| {
            Err(ParseError::Hunk { line: number, problem: problem(line.to_owned()) })
        };
        let marker = line.trim_end();
        if self.chunks.is_empty()
            && self.move_to.is_none()
            && let Some(path) = marker.strip_prefix(MOVE)
        {
            self.move_to = Some(path.to_owned());
            return Ok(());
        }
        let last = self.chunks.last();
        let (ended, empty) =
            last.map_or((false, true), |chunk| (chunk.end_of_file, chunk.lines.is_empty() && !chunk.end_of_file));
        if marker == CHUNK || marker.starts_with(CHUNK_WITH_HEADER) {
            if empty && last.is_some() {
                return wrong(HunkProblem::NoChunkLine);
            }
            let header = marker.strip_prefix(CHUNK_WITH_HEADER).map(str::to_owned);
            self.chunks.push(Chunk { header, ..Chunk::default() });
            return Ok(());
        }
        if ended {
            return if marker.is_empty() { Ok(()) } else { wrong(HunkProblem::NoChunk) };
        }
        if marker == END_OF_FILE {
            return match self.chunks.last_mut() {
                // Before the first chunk it says nothing.
                None => Ok(()),
                Some(_) if empty => Err(ParseError::Hunk { line: number, problem: HunkProblem::EmptyChunk }),
                Some(chunk) => {
                    chunk.end_of_file = true;
                    Ok(())
                }
            };
        }
        let read = match line.chars().next() {
            None => ChunkLine::Context(String::new()),
            Some(' ') => ChunkLine::Context(line[1..].to_owned()),
            Some('+') => ChunkLine::Added(line[1..].to_owned()),
            Some('-') => ChunkLine::Removed(line[1..].to_owned()),
            Some(_) => return wrong(if empty { HunkProblem::NoChunkLine } else { HunkProblem::NoChunk }),
        };
        if self.chunks.is_empty() {
            self.chunks.push(Chunk::default());
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.lines.push(read);
        }
        Ok(())
    }

    /// Whether the update may end before this line.
    fn complete(&self, number: usize, line: &str) -> Result<(), ParseError> {
        match self.chunks.last() {
            None => Err(ParseError::Hunk { line: self.line, problem: HunkProblem::EmptyUpdate(self.path.clone()) }),
            Some(chunk) if !chunk.lines.is_empty() => Ok(()),
            Some(_) if line.trim_end() == END => {
                Err(ParseError::Hunk { line: number, problem: HunkProblem::EmptyChunk })
            }
            Some(_) => Err(ParseError::Hunk { line: number, problem: HunkProblem::NoChunkLine(line.to_owned()) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error of a patch with these lines in its frame, in the words of the command.
    fn error(lines: &str) -> String {
        parse(&format!("{BEGIN}\n{lines}\n{END}")).unwrap_err().tool_text()
    }

    #[test]
    fn errors_name_the_line() {
        let headers =
            "Valid hunk headers: '*** Add File: {path}', '*** Delete File: {path}', '*** Update File: {path}'";
        let chunk_line = "Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)";
        let update = "*** Update File: a";
        let cases = [
            ("*** Add File:a".to_owned(), 2, format!("'*** Add File:a' is not a valid hunk header. {headers}")),
            (
                "*** Delete File: a\n\n*** Delete File: b".to_owned(),
                3,
                format!("'' is not a valid hunk header. {headers}"),
            ),
            (format!("{update}\n*** Move to: b"), 2, "Update file hunk for path 'a' is empty".to_owned()),
            (format!("{update}\n-a\n@@"), 5, "Update hunk does not contain any lines".to_owned()),
            (format!("{update}\n@@\n*** End of File"), 4, "Update hunk does not contain any lines".to_owned()),
            (format!("{update}\n@@\n@@ b"), 4, format!("Unexpected line found in update hunk: '@@ b'. {chunk_line}")),
            (
                format!("{update}\n*** Move to: "),
                3,
                format!("Unexpected line found in update hunk: '*** Move to: '. {chunk_line}"),
            ),
            (
                format!("{update}\n@@\n*** Delete File: b"),
                4,
                format!("Unexpected line found in update hunk: '*** Delete File: b'. {chunk_line}"),
            ),
            (
                format!("{update}\n-a\n*** Move to: b"),
                4,
                "Expected update hunk to start with a @@ context marker, got: '*** Move to: b'".to_owned(),
            ),
            (
                format!("{update}\n-a\n*** End of File\n+b"),
                5,
                "Expected update hunk to start with a @@ context marker, got: '+b'".to_owned(),
            ),
        ];
        for (lines, line, problem) in cases {
            assert_eq!(error(&lines), format!("Invalid patch hunk on line {line}: {problem}"));
        }
    }

    #[test]
    fn what_follows_the_end_is_refused() {
        for lines in ["*** Delete File: a\n*** End Patch\n*** Delete File: b", "*** End Patch\n*** End Patch"] {
            assert_eq!(error(lines), "Invalid patch: The last line of the patch must be '*** End Patch'");
        }
        assert_eq!(
            parse("*** Begin Patch\n*** Delete File: a\n*** End Patch \n\n*** End Patch").unwrap().hunks.len(),
            1
        );
    }

    #[test]
    fn a_blank_before_a_marker_makes_it_a_line_of_the_file() {
        let read = parse(
            "*** Begin Patch\n*** Update File: a\n  @@\n *** End Patch\n *** Delete File: b\n*** End of File \n*** End Patch",
        );
        let line = |text: &str| ChunkLine::Context(text.to_owned());
        let chunk = Chunk {
            header: None,
            lines: vec![line(" @@"), line("*** End Patch"), line("*** Delete File: b")],
            end_of_file: true,
        };
        let update = Hunk::Update { path: "a".to_owned(), move_to: None, chunks: vec![chunk] };
        assert_eq!(read, Ok(Patch { environment: None, hunks: vec![update] }));
    }

    #[test]
    fn heredocs() {
        let body = "*** Begin Patch\n*** Delete File: a\n*** End Patch";
        for word in ["EOF", "'EOF'", "\"EOF\""] {
            let text = format!("<<{word}\n{body}\nEOF\n");
            assert_eq!(parse_heredoc_body(&text), Some(body));
            assert_eq!(parse(&text), parse(body));
        }
        for text in [format!("<<X\n{body}\nX"), format!("cat <<EOF\n{body}\nEOF"), format!("<<EOF\n{body}")] {
            assert_eq!(parse_heredoc_body(&text), None);
            assert!(parse(&text).is_err());
        }
    }
}
