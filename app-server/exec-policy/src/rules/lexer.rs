//! Characters to tokens.

use std::ops::Range;

use super::Fault;

/// A piece of a rules file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    Text(String),
    Number(String),
    /// One of the characters of [`SYMBOLS`] and [`FOREIGN_SYMBOLS`].
    Symbol(char),
    /// The end of a line outside brackets, or of the file.
    LineEnd,
}

/// Characters that stand for themselves.
const SYMBOLS: &str = "()[],=;+-";

/// Characters that stand for themselves and have no meaning here, unlike in Starlark.
pub(super) const FOREIGN_SYMBOLS: &str = "{}:.*/%<>&|^~";

/// Makes tokens with their places in bytes. The last one is a line end.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Fault> {
    let mut lexer = Lexer { text, at: 0, open: 0, line_start: true, tokens: Vec::new() };
    while lexer.at < text.len() {
        lexer.token()?;
    }
    lexer.tokens.push((Token::LineEnd, text.len()..text.len()));
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Brackets that are open.
    open: usize,
    line_start: bool,
    tokens: Vec<(Token, Range<usize>)>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn length_while(&self, fits: impl Fn(char) -> bool) -> usize {
        self.rest().find(|next| !fits(next)).unwrap_or(self.rest().len())
    }

    fn push(&mut self, token: Token, length: usize) {
        self.tokens.push((token, self.at..self.at + length));
        self.at += length;
    }

    fn token(&mut self) -> Result<(), Fault> {
        if self.line_start {
            self.indentation()?;
        }
        let Some(next) = self.rest().chars().next() else {
            return Ok(());
        };
        let start = self.at;
        match next {
            ' ' | '\t' => self.at += 1,
            '\r' if self.rest().starts_with("\r\n") => self.at += 1,
            '\n' => {
                if self.open == 0 {
                    self.tokens.push((Token::LineEnd, start..start));
                }
                self.at += 1;
                self.line_start = true;
            }
            '\\' if self.rest().starts_with("\\\n") => self.at += 2,
            '\\' if self.rest().starts_with("\\\r\n") => self.at += 3,
            '#' => self.at += self.length_while(|next| next != '\n'),
            '"' | '\'' => self.text(false)?,
            'r' if self.rest().starts_with("r\"") || self.rest().starts_with("r'") => {
                self.at += 1;
                self.text(true)?;
            }
            '0'..='9' => {
                let length = self.length_while(|next| next.is_ascii_alphanumeric() || next == '.');
                let digits = self.rest()[..length].to_owned();
                self.push(Token::Number(digits), length);
            }
            name if name == '_' || name.is_ascii_alphabetic() => {
                let length = self.length_while(|next| next == '_' || next.is_ascii_alphanumeric());
                let name = self.rest()[..length].to_owned();
                self.push(Token::Name(name), length);
            }
            symbol if SYMBOLS.contains(symbol) || FOREIGN_SYMBOLS.contains(symbol) => {
                match symbol {
                    '(' | '[' => self.open += 1,
                    ')' | ']' => self.open = self.open.saturating_sub(1),
                    _ => {}
                }
                self.push(Token::Symbol(symbol), 1);
            }
            other => {
                let message = format!("Parse error: invalid input `{other}`");
                return Err(Fault::new(start..start + other.len_utf8(), message));
            }
        }
        Ok(())
    }

    /// Checks what a line begins with; an empty line may begin with anything.
    fn indentation(&mut self) -> Result<(), Fault> {
        self.line_start = false;
        let length = self.length_while(|next| matches!(next, ' ' | '\t'));
        let start = self.at;
        let (blanks, line) = self.rest().split_at(length);
        if length == 0 || line.is_empty() || line.starts_with(['\n', '\r', '#']) {
            return Ok(());
        }
        if blanks.contains('\t') {
            return Err(Fault::new(start..start, "Parse error: tabs are not allowed"));
        }
        let continues = self.text[..start].trim_end_matches(['\n', '\r']).ends_with('\\');
        if self.open == 0 && !continues {
            let message = "Parse error: unexpected new indentation block, expected expression";
            return Err(Fault::new(start..start + length, message));
        }
        Ok(())
    }

    /// Reads a text behind its prefix.
    fn text(&mut self, raw: bool) -> Result<(), Fault> {
        let start = self.at;
        let rest = self.rest();
        let quote = if rest.starts_with('"') { "\"" } else { "'" };
        let tripled = rest.starts_with(&quote.repeat(3));
        let closing = if tripled { quote.repeat(3) } else { quote.to_owned() };
        self.at += closing.len();
        let mut content = String::new();
        loop {
            let rest = self.rest();
            if rest.starts_with(&closing) {
                self.at += closing.len();
                break;
            }
            let Some(next) = rest.chars().next().filter(|next| tripled || *next != '\n') else {
                return Err(Fault::new(start..self.at, "Parse error: unfinished string literal"));
            };
            self.at += next.len_utf8();
            match next {
                '\\' if raw => {
                    // A quote behind a backslash does not end a raw text, and both stay.
                    content.push('\\');
                    if let Some(escaped) = self.rest().chars().next() {
                        content.push(escaped);
                        self.at += escaped.len_utf8();
                    }
                }
                '\\' => self.escape(&mut content)?,
                '\r' if self.rest().starts_with('\n') => {}
                other => content.push(other),
            }
        }
        self.tokens.push((Token::Text(content), start..self.at));
        Ok(())
    }

    /// Reads behind a backslash.
    fn escape(&mut self, content: &mut String) -> Result<(), Fault> {
        let start = self.at - 1;
        let Some(next) = self.rest().chars().next() else {
            return Ok(());
        };
        self.at += next.len_utf8();
        let simple = match next {
            '\n' => return Ok(()),
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            '\\' | '\'' | '"' => next,
            '0'..='7' => {
                self.at -= 1;
                let length = self.length_while(|next| matches!(next, '0'..='7')).min(3);
                return self.coded(start, length, 8, content);
            }
            'x' => return self.coded(start, 2, 16, content),
            'u' => return self.coded(start, 4, 16, content),
            'U' => return self.coded(start, 8, 16, content),
            other => {
                content.push('\\');
                other
            }
        };
        content.push(simple);
        Ok(())
    }

    /// Reads a character by its number.
    fn coded(&mut self, start: usize, length: usize, radix: u32, content: &mut String) -> Result<(), Fault> {
        let digits: String = self.rest().chars().take(length).collect();
        self.at += digits.len();
        let is_number = digits.len() == length && digits.chars().all(|digit| digit.is_digit(radix));
        let found = u32::from_str_radix(&digits, radix).ok().filter(|_| is_number).and_then(char::from_u32);
        let Some(found) = found else {
            let sequence = &self.text[start + 1..self.at];
            let message = format!("Parse error: invalid string escape sequence `{sequence}`");
            return Err(Fault::new(start..self.at, message));
        };
        content.push(found);
        Ok(())
    }
}
