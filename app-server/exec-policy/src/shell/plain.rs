//! Splitting a script that consists of nothing but simple commands with literal words.
//!
//! An allow rule lets a command run without a question and without a sandbox, so that only scripts are split of which
//! it is certain what every shell makes of them. Anything else makes the whole script refused: expansions,
//! substitutions, globs, redirections, assignments, groups, keywords, comments, background, escapes outside quotes, and
//! control characters.

use std::iter::Peekable;
use std::str::Chars;

/// Characters that mean something to a shell, or to some shell, when they are not quoted. `=` is looked at by itself.
const SPECIAL: &str = "\"'#$&()*;<>?[\\]^`{|}~";

/// Words that are no plain command where a command begins.
const KEYWORDS: &[&str] = &[
    "!", "case", "declare", "do", "done", "elif", "else", "esac", "export", "fi", "for", "function", "if", "local",
    "readonly", "select", "then", "typeset", "unset", "unsetenv", "until", "while",
];

/// The commands of a script in their order, each with its words, when the script is nothing but simple commands with
/// literal words, joined by `&&`, `||`, `|`, `;` and line ends. None when it is anything else, or empty.
#[must_use]
pub fn plain_commands(script: &str) -> Option<Vec<Vec<String>>> {
    let mut reader = Reader { rest: script.chars().peekable() };
    let mut commands = Vec::new();
    let mut one_must_follow = false;
    loop {
        reader.skip_blanks(true)?;
        if reader.rest.peek().is_none() {
            return (!one_must_follow && !commands.is_empty()).then_some(commands);
        }
        commands.push(reader.command()?);
        one_must_follow = reader.separator()?;
    }
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
}

impl Reader<'_> {
    /// Skips spaces, tabs and continued lines, and line ends where a command may begin.
    fn skip_blanks(&mut self, line_ends: bool) -> Option<()> {
        while let Some(next) = self.rest.peek() {
            match next {
                ' ' | '\t' => {}
                '\n' if line_ends => {}
                '\\' => {
                    self.rest.next();
                    if self.rest.peek() != Some(&'\n') {
                        return None;
                    }
                }
                _ => break,
            }
            self.rest.next();
        }
        Some(())
    }

    /// The words up to the next separator; at least one.
    fn command(&mut self) -> Option<Vec<String>> {
        let mut words = Vec::new();
        loop {
            words.push(self.word(words.is_empty())?);
            self.skip_blanks(false)?;
            if matches!(self.rest.peek(), None | Some('\n' | ';' | '&' | '|')) {
                return Some(words);
            }
        }
    }

    /// Takes what stands behind a command; whether another command must follow it.
    fn separator(&mut self) -> Option<bool> {
        match self.rest.next() {
            None | Some('\n') => Some(false),
            Some(';') => (!matches!(self.rest.peek(), Some(';' | '&'))).then_some(false),
            Some('&') => (self.rest.next() == Some('&')).then_some(true),
            Some('|') => {
                self.rest.next_if_eq(&'|');
                (!matches!(self.rest.peek(), Some('|' | '&'))).then_some(true)
            }
            Some(_) => None,
        }
    }

    fn word(&mut self, is_program: bool) -> Option<String> {
        let mut word = String::new();
        let mut pieces = 0;
        let mut quoted = false;
        loop {
            match self.rest.peek() {
                None | Some(' ' | '\t' | '\n' | ';' | '&' | '|') => break,
                Some('\'') => {
                    quoted = true;
                    self.single_quoted(&mut word)?;
                }
                Some('"') => {
                    quoted = true;
                    self.double_quoted(&mut word)?;
                }
                Some(_) => self.bare(&mut word, is_program)?,
            }
            pieces += 1;
        }
        let usable = pieces > 0 && !(is_program && (quoted || KEYWORDS.contains(&word.as_str()) || is_number(&word)));
        usable.then_some(word)
    }

    fn single_quoted(&mut self, word: &mut String) -> Option<()> {
        self.rest.next();
        loop {
            match self.rest.next()? {
                '\'' => return Some(()),
                '\0' => return None,
                other => word.push(other),
            }
        }
    }

    fn double_quoted(&mut self, word: &mut String) -> Option<()> {
        self.rest.next();
        loop {
            match self.rest.next()? {
                '"' => return Some(()),
                '$' | '`' | '\0' => return None,
                // In front of anything else a backslash stands for itself.
                '\\' if matches!(self.rest.peek(), Some('$' | '`' | '"' | '\\' | '\n')) => return None,
                other => word.push(other),
            }
        }
    }

    /// A run of unquoted characters. A `=` at its beginning would be a program's path to zsh; anywhere in a program's
    /// name it would make an assignment.
    fn bare(&mut self, word: &mut String, is_program: bool) -> Option<()> {
        let mut first = true;
        while let Some(next) = self.rest.peek() {
            match next {
                ' ' | '\t' | '\n' | ';' | '&' | '|' | '\'' | '"' => break,
                '=' if first || is_program => return None,
                special if SPECIAL.contains(*special) || special.is_control() => return None,
                plain => word.push(*plain),
            }
            first = false;
            self.rest.next();
        }
        Some(())
    }
}

/// Whether a word is a number; standing alone in front of a redirection it would be no command.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let digits = digits.strip_prefix("0x").unwrap_or(digits);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scripts_are_split() {
        let cases: &[(&str, &[&[&str]])] = &[
            ("echo hi", &[&["echo", "hi"]]),
            ("  echo \t a   ", &[&["echo", "a"]]),
            ("a && b || c; d | e", &[&["a"], &["b"], &["c"], &["d"], &["e"]]),
            ("a&&b||c;d|e", &[&["a"], &["b"], &["c"], &["d"], &["e"]]),
            ("a\nb", &[&["a"], &["b"]]),
            ("\n\na\n\n\nb\n", &[&["a"], &["b"]]),
            ("a;", &[&["a"]]),
            ("a;\nb", &[&["a"], &["b"]]),
            ("a |\n\n b", &[&["a"], &["b"]]),
            ("a &&\nb", &[&["a"], &["b"]]),
            ("a \\\n b", &[&["a", "b"]]),
            ("\\\na && \\\n b", &[&["a"], &["b"]]),
            ("echo \"a b\" 'c d' e\"f\"g", &[&["echo", "a b", "c d", "efg"]]),
            ("echo '' \"\" ''a", &[&["echo", "", "", "a"]]),
            ("echo 'a''b' x\"\"y", &[&["echo", "ab", "xy"]]),
            ("echo \"a\\nb\" '$HOME `x`'", &[&["echo", "a\\nb", "$HOME `x`"]]),
            ("echo \"two\nlines\"", &[&["echo", "two\nlines"]]),
            ("echo \"*?[]~{}#;&|<>()^\"", &[&["echo", "*?[]~{}#;&|<>()^"]]),
            ("rg -g\"*.py\" --y=\"q r\" a=b", &[&["rg", "-g*.py", "--y=q r", "a=b"]]),
            (
                "./run.sh 1 2.5 -3 a,b a:b a@b a%b +x",
                &[&["./run.sh", "1", "2.5", "-3", "a,b", "a:b", "a@b", "a%b", "+x"]],
            ),
            ("echo !x a!b '!'", &[&["echo", "!x", "a!b", "!"]]),
            ("echo if then", &[&["echo", "if", "then"]]),
            ("time a", &[&["time", "a"]]),
            ("echo ü 日本", &[&["echo", "ü", "日本"]]),
            ("rm \"-f\" x", &[&["rm", "-f", "x"]]),
            ("1a x", &[&["1a", "x"]]),
            (": . x", &[&[":", ".", "x"]]),
        ];
        for (script, expected) in cases {
            let found = plain_commands(script).unwrap_or_else(|| panic!("{script:?} is not split"));
            assert_eq!(found, *expected, "{script:?}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for script in [
            "",
            "   ",
            "\n",
            ";",
            "# a",
            "a # b",
            "a; # b",
            "echo a#b",
            "a &",
            "a & b",
            "a |& b",
            "! a",
            "a | ! b",
            "(a)",
            "{ a; }",
            "if a; then b; fi",
            "for i in a; do b; done",
            "while a; do b; done",
            "case a in a) b;; esac",
            "function f",
            "f() { a; }",
            "a > f",
            "a>f",
            "a 2>&1",
            "a < f",
            "a <<EOF\nb\nEOF",
            "a <<< b",
            "a &> f",
            "A=1",
            "A=1 a",
            "a && A=1 b",
            "A+=1",
            "export A",
            "declare x",
            "local x",
            "unset x",
            "[ -f a ]",
            "[[ -f a ]]",
            "echo $HOME",
            "echo \"$HOME\"",
            "echo $(a)",
            "echo `a`",
            "echo \"`a`\"",
            "echo $'a'",
            "echo $\"a\"",
            "echo $",
            "echo \"a$\"",
            "echo a\\ b",
            "echo \\;",
            "echo \"a\\\"b\"",
            "echo \"a\\\\b\"",
            "echo *.txt",
            "echo a?",
            "echo [a]",
            "echo ]",
            "echo ~",
            "echo a~b",
            "echo {a,b}",
            "echo {}",
            "echo ^a",
            "echo =a",
            "echo \"a\"=b",
            "\"echo\" a",
            "e'ch'o a",
            "a=b",
            "1 2",
            "-5",
            "0x10 a",
            "a &&",
            "&& a",
            "| a",
            "a ||",
            "a |",
            "a ;; b",
            "a ; ; b",
            "a\n;b",
            "a\n&& b",
            "a &&& b",
            "a ||| b",
            "echo \"open",
            "echo 'open",
            "a\\",
            "a\\\nb",
            "do a",
            "then a",
            "a\r\nb",
            "echo a\u{b}b",
            "echo a\0b",
            "echo 'a\0b'",
            "echo a\u{1}",
            "echo (a)",
            "a)",
            "echo @(a|b)",
            "echo \"a\\\nb\"",
            "time for i in a; do b; done",
        ] {
            assert_eq!(plain_commands(script), None, "{script:?}");
        }
    }
}
