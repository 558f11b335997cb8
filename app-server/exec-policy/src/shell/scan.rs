//! Finding every command in a script, whatever stands around it.
//!
//! This knows enough of the syntax not to be misled by quotes, comments, here-documents and arithmetic, and walks into
//! groups, loops, functions, conditions and substitutions. It never fails: what it does not understand it reads as words.

/// What stands in a word for a part that is known only when the script runs.
const UNKNOWN: char = '\0';

/// How deep groups and substitutions may be nested.
const MAX_DEPTH: usize = 32;

/// Words in front of a command that belongs to them; the flag is that of `time`.
const OPENING: &[&str] = &["!", "-p", "coproc", "do", "elif", "else", "if", "then", "time", "until", "while", "{", "}"];

/// The commands of a script wherever they stand, each with its words; parts that only a run can tell are [`UNKNOWN`].
/// None when it is nested too deeply to be looked at.
pub(crate) fn all_commands(script: &str) -> Option<Vec<Vec<String>>> {
    let mut commands = Vec::new();
    scan(script, 0, &mut commands)?;
    Some(commands)
}

fn scan(script: &str, depth: usize, commands: &mut Vec<Vec<String>>) -> Option<()> {
    let mut scanner = Scanner::new(script, depth, commands);
    // A closing parenthesis without an opening one ends nothing here.
    while !scanner.at_end() {
        scanner.list()?;
    }
    Some(())
}

/// A here-document that begins on the next line.
struct Document {
    delimiter: String,
    strips_tabs: bool,
    expands: bool,
}

struct Scanner<'a> {
    text: Vec<char>,
    at: usize,
    depth: usize,
    documents: Vec<Document>,
    /// Up to here `<<` is a shift.
    arithmetic_until: usize,
    commands: &'a mut Vec<Vec<String>>,
}

impl<'a> Scanner<'a> {
    fn new(script: &str, depth: usize, commands: &'a mut Vec<Vec<String>>) -> Self {
        Self { text: script.chars().collect(), at: 0, depth, documents: Vec::new(), arithmetic_until: 0, commands }
    }

    fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at + ahead).copied()
    }

    fn deeper<T>(&mut self, inside: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let done = inside(self);
        self.depth -= 1;
        done
    }

    /// Reads commands up to the end of the text or behind a closing parenthesis.
    fn list(&mut self) -> Option<()> {
        let mut words = Vec::new();
        while let Some(next) = self.peek(0) {
            match next {
                ' ' | '\t' | '\r' => self.at += 1,
                '\\' if self.peek(1) == Some('\n') => self.at += 2,
                '\n' => {
                    self.at += 1;
                    self.end_command(&mut words);
                    self.read_documents()?;
                }
                ';' | '&' | '|' => {
                    self.at += 1;
                    // Behind `&>` and `|&` the same command goes on or another begins; both are read right.
                    self.end_command(&mut words);
                }
                '#' => {
                    while self.peek(0).is_some_and(|next| next != '\n') {
                        self.at += 1;
                    }
                }
                '(' => {
                    self.end_command(&mut words);
                    if self.peek(1) == Some('(') {
                        self.arithmetic_until = self.arithmetic_until.max(self.matching_parenthesis());
                    }
                    self.at += 1;
                    self.deeper(Self::list)?;
                }
                ')' => {
                    self.at += 1;
                    self.end_command(&mut words);
                    return Some(());
                }
                '<' | '>' => self.redirection(&mut words)?,
                _ => {
                    let word = self.word()?;
                    let is_file_number = matches!(self.peek(0), Some('<' | '>'))
                        && !word.is_empty()
                        && word.bytes().all(|byte| byte.is_ascii_digit());
                    let belongs_to_it =
                        !words.is_empty() || !(OPENING.contains(&word.as_str()) || is_assignment(&word));
                    if belongs_to_it && !is_file_number {
                        words.push(word);
                    }
                }
            }
        }
        self.end_command(&mut words);
        Some(())
    }

    fn end_command(&mut self, words: &mut Vec<String>) {
        if !words.is_empty() {
            self.commands.push(std::mem::take(words));
        }
    }

    /// Where the parenthesis closes that opens here; the end of the text when it does not.
    fn matching_parenthesis(&self) -> usize {
        let mut open = 0_usize;
        for (at, next) in self.text.iter().enumerate().skip(self.at) {
            match next {
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return at;
            }
        }
        self.text.len()
    }

    fn redirection(&mut self, words: &mut Vec<String>) -> Option<()> {
        let operator = self.text[self.at];
        self.at += 1;
        let second = self.peek(0);
        if second == Some('(') {
            // The output or input of other commands, named like a file.
            self.at += 1;
            self.deeper(Self::list)?;
            words.push(UNKNOWN.to_string());
            return Some(());
        }
        if operator == '<' && second == Some('<') && self.peek(1) != Some('<') && self.at > self.arithmetic_until {
            self.at += 1;
            return self.open_document();
        }
        while matches!(self.peek(0), Some('<' | '>' | '&' | '|')) {
            self.at += 1;
        }
        self.skip_blanks();
        if self.peek(0).is_some_and(|next| !ends_word(next)) {
            self.word()?;
        }
        Some(())
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(0), Some(' ' | '\t')) {
            self.at += 1;
        }
    }

    fn open_document(&mut self) -> Option<()> {
        let strips_tabs = self.peek(0) == Some('-');
        self.at += usize::from(strips_tabs);
        self.skip_blanks();
        let start = self.at;
        let delimiter = self.word()?;
        let expands = !self.text[start..self.at].iter().any(|next| matches!(next, '\'' | '"' | '\\'));
        self.documents.push(Document { delimiter, strips_tabs, expands });
        Some(())
    }

    /// Skips the here-documents that begin on this line, looking into those that the shell expands.
    fn read_documents(&mut self) -> Option<()> {
        for document in std::mem::take(&mut self.documents) {
            let mut body = String::new();
            while !self.at_end() {
                let rest = &self.text[self.at..];
                let length = rest.iter().position(|next| *next == '\n').unwrap_or(rest.len());
                let line: String = rest[..length].iter().collect();
                self.at += (length + 1).min(rest.len());
                let line = if document.strips_tabs { line.trim_start_matches('\t') } else { &line };
                if line == document.delimiter {
                    break;
                }
                body.push_str(line);
                body.push('\n');
            }
            if document.expands {
                self.substitutions_in(&body)?;
            }
        }
        Some(())
    }

    /// Looks at the substitutions in a text in which nothing else has a meaning.
    fn substitutions_in(&mut self, text: &str) -> Option<()> {
        let mut inner = Scanner::new(text, self.depth, self.commands);
        inner.deeper(|inner| {
            while !inner.at_end() {
                inner.quoted_character(&mut String::new())?;
            }
            Some(())
        })
    }

    /// Reads a word; what stands at the beginning is taken in any case.
    fn word(&mut self) -> Option<String> {
        let mut word = String::new();
        while let Some(next) = self.peek(0) {
            match next {
                '\'' => {
                    self.at += 1;
                    self.up_to_quote(&mut word, false);
                }
                '"' => self.double_quoted(&mut word)?,
                '$' if self.peek(1) == Some('\'') => {
                    self.at += 2;
                    self.up_to_quote(&mut word, true);
                }
                '$' if self.peek(1) == Some('"') => self.at += 1,
                '$' | '`' => self.expansion(&mut word)?,
                '\\' => {
                    self.at += 1;
                    if let Some(escaped) = self.peek(0) {
                        self.at += 1;
                        if escaped != '\n' {
                            word.push(escaped);
                        }
                    }
                }
                _ if ends_word(next) => break,
                _ => {
                    self.at += 1;
                    word.push(next);
                }
            }
        }
        Some(word)
    }

    /// Reads behind an opening `'` up to and over the closing one.
    fn up_to_quote(&mut self, word: &mut String, escapes: bool) {
        while let Some(next) = self.peek(0) {
            self.at += 1;
            match next {
                '\'' => return,
                '\\' if escapes => {
                    // Which character an escape makes matters only for those that stand for themselves.
                    word.push(match self.peek(0) {
                        Some(itself @ ('\\' | '\'' | '"' | '?')) => itself,
                        Some('n' | 't' | 'r') => ' ',
                        _ => UNKNOWN,
                    });
                    self.at = (self.at + 1).min(self.text.len());
                }
                other => word.push(other),
            }
        }
    }

    fn double_quoted(&mut self, word: &mut String) -> Option<()> {
        self.at += 1;
        while let Some(next) = self.peek(0) {
            if next == '"' {
                self.at += 1;
                return Some(());
            }
            self.quoted_character(word)?;
        }
        Some(())
    }

    /// One character, escape or expansion inside double quotes.
    fn quoted_character(&mut self, word: &mut String) -> Option<()> {
        match (self.peek(0), self.peek(1)) {
            (Some('\\'), Some(escaped @ ('$' | '`' | '"' | '\\'))) => {
                word.push(escaped);
                self.at += 2;
            }
            (Some('\\'), Some('\n')) => self.at += 2,
            (Some('$' | '`'), _) => self.expansion(word)?,
            (Some(other), _) => {
                word.push(other);
                self.at += 1;
            }
            (None, _) => {}
        }
        Some(())
    }

    /// Reads what begins with `$` or a backtick.
    fn expansion(&mut self, word: &mut String) -> Option<()> {
        let opening = self.peek(0);
        self.at += 1;
        if opening == Some('`') {
            word.push(UNKNOWN);
            return self.backticks();
        }
        match self.peek(0) {
            Some('(') if self.peek(1) == Some('(') => {
                word.push(UNKNOWN);
                let end = self.matching_parenthesis();
                let inside: String = self.text[self.at + 1..end].iter().collect();
                self.at = (end + 1).min(self.text.len());
                self.substitutions_in(&inside)
            }
            Some('(') => {
                word.push(UNKNOWN);
                self.at += 1;
                self.deeper(Self::list)
            }
            Some('{') => {
                word.push(UNKNOWN);
                self.at += 1;
                self.deeper(Self::braces)
            }
            Some(name) if name == '_' || name.is_ascii_alphanumeric() => {
                word.push(UNKNOWN);
                while self.peek(0).is_some_and(|next| next == '_' || next.is_ascii_alphanumeric()) {
                    self.at += 1;
                }
                Some(())
            }
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => {
                word.push(UNKNOWN);
                self.at += 1;
                Some(())
            }
            _ => {
                word.push('$');
                Some(())
            }
        }
    }

    /// Reads behind `${` up to and over the closing brace.
    fn braces(&mut self) -> Option<()> {
        let mut ignored = String::new();
        while let Some(next) = self.peek(0) {
            match next {
                '}' => {
                    self.at += 1;
                    return Some(());
                }
                '"' => self.double_quoted(&mut ignored)?,
                '\'' => {
                    self.at += 1;
                    self.up_to_quote(&mut ignored, false);
                }
                _ => self.quoted_character(&mut ignored)?,
            }
        }
        Some(())
    }

    /// Reads behind a backtick up to and over the closing one, and the script between them.
    fn backticks(&mut self) -> Option<()> {
        let mut script = String::new();
        while let Some(next) = self.peek(0) {
            self.at += 1;
            match (next, self.peek(0)) {
                ('`', _) => break,
                ('\\', Some(escaped @ ('`' | '\\' | '$'))) => {
                    script.push(escaped);
                    self.at += 1;
                }
                _ => script.push(next),
            }
        }
        if self.depth >= MAX_DEPTH {
            return None;
        }
        scan(&script, self.depth + 1, self.commands)
    }
}

fn ends_word(next: char) -> bool {
    matches!(next, ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')')
}

/// Whether a word in front of a command sets a variable for it.
fn is_assignment(word: &str) -> bool {
    let Some((name, _)) = word.split_once('=') else {
        return false;
    };
    let name = name.strip_suffix('+').unwrap_or(name);
    let name = name.split_once('[').map_or(name, |(name, _)| name);
    name.starts_with(|first: char| first == '_' || first.is_ascii_alphabetic())
        && name.chars().all(|next| next == '_' || next.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::plain_commands;

    fn found(script: &str) -> Vec<String> {
        all_commands(script).unwrap().iter().map(|words| words.join(" ").replace(UNKNOWN, "?")).collect()
    }

    #[test]
    fn commands_are_found_in_every_corner() {
        for (script, expected) in [
            ("a b; c", &["a b", "c"][..]),
            ("A=1 B+=2 a b=c", &["a b=c"]),
            ("a > f 2>&1 b", &["a b"]),
            ("a 2 > f", &["a 2"]),
            ("a &> f", &["a"]),
            ("(a; b)", &["a", "b"]),
            ("{ a; }", &["a"]),
            ("! a", &["a"]),
            ("time -p a -p", &["a -p"]),
            ("if a; then b; elif c; then d; else e; fi", &["a", "b", "c", "d", "e", "fi"]),
            ("while a; do b $i; done", &["a", "b ?", "done"]),
            ("case x in y) a;; *) b;; esac", &["case x in y", "a", "*", "b", "esac"]),
            ("f() { a; }; f", &["f", "a", "f"]),
            ("a $(b c) `d`", &["b c", "d", "a ? ?"]),
            ("a \"$(b \"$(c)\")\"", &["c", "b ?", "a ?"]),
            ("a `b \\`c\\``", &["c", "b ?", "a ?"]),
            ("a ${x:-$(b)}c", &["b", "a ?c"]),
            ("a <(b) >(c)", &["b", "c", "a ? ?"]),
            ("a # b; c\nd", &["a", "d"]),
            ("a 'b; c' \"d; e\" f\\;g", &["a b; c d; e f;g"]),
            ("a <<E\n$(b)\nc\nE\nd", &["a", "b", "d"]),
            ("a <<'E'\n$(b)\nE\nd", &["a", "d"]),
            ("a <<-E\n\tb\n\tE\nd", &["a", "d"]),
            ("a <<X <<Y\nb\nX\nc\nY\nd", &["a", "d"]),
            ("a <<< b", &["a"]),
            ("((x = 1 << 2))\na", &["x = 1", "a"]),
            ("a $((1 << 2 + $(b)))\nc", &["b", "a ?", "c"]),
            ("a $'b\\'c' $\"d$e\"", &["a b'c d?"]),
            ("\\a b\\\n c", &["a b c"]),
            ("a)b", &["a", "b"]),
            ("a 'open", &["a open"]),
            ("a \"open $(b", &["b", "a open ?"]),
            ("a \\", &["a "]),
            ("$ $", &["$ $"]),
        ] {
            assert_eq!(found(script), expected, "{script:?}");
        }
    }

    #[test]
    fn what_is_nested_too_deeply_is_said_so() {
        for (open, close) in [("(", ")"), ("$(", ")"), ("${x:-", "}"), ("<(", ")")] {
            assert!(all_commands(&format!("{}a{}", open.repeat(20), close.repeat(20))).is_some(), "{open}");
            assert!(all_commands(&format!("{}a{}", open.repeat(100_000), close.repeat(100_000))).is_none(), "{open}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_to_its_end(script in "[ -~\\n]{0,80}") {
            let _ = all_commands(&script);
        }

        #[test]
        fn shell_like_text_is_read_to_its_end(
            script in "([a(){}$`'\"\\\\<>|&;#!=\\[\\] \n\t]|<<E|\\$\\(|\\$\\(\\(|\\$\\{|if |do |rm -f x|E\n){0,40}"
        ) {
            let _ = all_commands(&script);
        }

        #[test]
        fn both_readers_agree_on_plain_scripts(script in "([ab'\" ;|&\n=./-]|\\\\\n){0,20}") {
            if let Some(plain) = plain_commands(&script) {
                proptest::prop_assert_eq!(all_commands(&script).unwrap(), plain);
            }
        }
    }
}
