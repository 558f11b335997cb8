//! One of the two streams that a person reads, and text made safe for it.

use std::io::{IsTerminal, Write};

use codex_config_loader::EnvSnapshot;

/// How a piece of text looks where colours are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Style {
    Plain,
    Strong,
    Faint,
    Added,
    Removed,
    Place,
}

impl Style {
    /// The number of the terminal's attribute; `None` leaves the text as it is.
    fn code(self) -> Option<u8> {
        match self {
            Self::Plain => None,
            Self::Strong => Some(1),
            Self::Faint => Some(2),
            Self::Removed => Some(31),
            Self::Added => Some(32),
            Self::Place => Some(36),
        }
    }
}

/// A stream that a person reads, or a file or pipe in its place.
pub(in crate::cli) struct Stream {
    writer: Box<dyn Write + Send>,
    terminal: bool,
    colours: bool,
    /// Whether the last line is unfinished.
    open: bool,
}

impl Stream {
    /// A stream of the process; colours are for terminals, and for people who have not set `NO_COLOR`.
    pub(in crate::cli) fn of_process<W: Write + IsTerminal + Send + 'static>(writer: W, env: &EnvSnapshot) -> Self {
        let terminal = writer.is_terminal();
        let wanted = |name: &str| env.get(name).is_none_or(|value| value.is_empty());
        let colours = terminal && wanted("NO_COLOR") && env.text("TERM") != Some("dumb");
        Self::new(Box::new(writer), terminal, colours)
    }

    /// As [`Self::of_process`]; text of others is made safe for files and pipes too, behind which a pager may be.
    pub(in crate::cli) fn of_page<W: Write + IsTerminal + Send + 'static>(writer: W, env: &EnvSnapshot) -> Self {
        Self { terminal: true, ..Self::of_process(writer, env) }
    }

    pub(in crate::cli) fn new(writer: Box<dyn Write + Send>, terminal: bool, colours: bool) -> Self {
        Self { writer, terminal, colours, open: false }
    }

    pub(super) fn is_terminal(&self) -> bool {
        self.terminal
    }

    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Writes text as it is and hands it on. A reader that went away is no fault.
    pub(super) fn write(&mut self, text: &str) {
        if let Some(last) = text.chars().last() {
            let _ = self.writer.write_all(text.as_bytes()).and_then(|()| self.writer.flush());
            self.open = last != '\n';
        }
    }

    /// Writes a whole line.
    pub(super) fn line(&mut self, style: Style, text: &str) {
        self.fresh();
        match style.code().filter(|_| self.colours) {
            Some(code) => self.write(&format!("\x1b[{code}m{text}\x1b[0m\n")),
            None => self.write(&format!("{text}\n")),
        }
    }

    /// Somebody else has ended the unfinished line, as a terminal does with what a person types.
    pub(super) fn line_ended(&mut self) {
        self.open = false;
    }

    /// Ends a line that is unfinished.
    pub(super) fn fresh(&mut self) {
        if self.open {
            self.write("\n");
        }
    }
}

/// Whether a character can change what a person sees of the others: by moving, hiding or turning them round.
pub(in crate::cli) fn deceives(char: char) -> bool {
    let is_mark =
        matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    is_mark || (char.is_control() && !matches!(char, '\n' | '\t'))
}

/// Text of others as a person may see it: what could deceive stands there by its number, such as `\u{1b}`.
pub(in crate::cli) fn visible(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match deceives(char) {
            true => safe.extend(char.escape_unicode()),
            false => safe.push(char),
        }
    }
    safe
}

/// Output of a command on its way to a person, piece by piece: indented, and a carriage return begins a line.
#[derive(Debug, Default)]
pub(super) struct Printed {
    /// A carriage return came last; what follows decides what it means.
    returned: bool,
}

impl Printed {
    /// The next piece; `open` says that it goes on in an unfinished line.
    pub(super) fn piece(&mut self, text: &str, mut open: bool) -> String {
        const INDENT: &str = "  ";
        let mut shown = String::with_capacity(text.len() + INDENT.len());
        for char in text.chars() {
            if std::mem::take(&mut self.returned) && char != '\n' && open {
                shown.push('\n');
                open = false;
            }
            match char {
                '\r' => {
                    self.returned = true;
                    continue;
                }
                '\n' => {
                    shown.push('\n');
                    open = false;
                    continue;
                }
                _ if !open => shown.push_str(INDENT),
                _ => {}
            }
            open = true;
            match deceives(char) {
                true => shown.extend(char.escape_unicode()),
                false => shown.push(char),
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_others_moves_the_cursor_or_turns_text_round() {
        assert_eq!(visible("a\tb\n\x1b[2K\rc\u{202e}d\u{7f}é"), "a\tb\n\\u{1b}[2K\\u{d}c\\u{202e}d\\u{7f}é");
    }

    #[test]
    fn output_is_indented_over_its_pieces() {
        let mut printed = Printed::default();
        assert_eq!(printed.piece("a\nb", false), "  a\n  b");
        assert_eq!(printed.piece("c\n\nd", true), "c\n\n  d");
        assert_eq!(printed.piece("10%\r", true), "10%");
        assert_eq!(printed.piece("20%\r", true), "\n  20%");
        assert_eq!(printed.piece("\nend\r\n", true), "\n  end\n");
        assert_eq!(printed.piece("\x1b[31mred", false), "  \\u{1b}[31mred");
    }
}
