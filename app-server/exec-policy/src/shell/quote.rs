//! Words to shell text and back.

/// The text that a POSIX shell reads as these words, each quoted where it has to be. A NUL, which no command can carry,
/// is shown as U+FFFD.
#[must_use]
pub fn join(words: &[String]) -> String {
    match shlex::try_join(words.iter().map(String::as_str)) {
        Ok(text) => text,
        Err(shlex::QuoteError::Nul) => {
            join(&words.iter().map(|word| word.replace('\0', "\u{fffd}")).collect::<Vec<_>>())
        }
        // Quoting fails for nothing else; words without their quotes are still better to look at than none.
        Err(_) => words.join(" "),
    }
}

/// The words of a text as a shell would split it, with quotes removed; none when a quote is open. Operators are words
/// like all others here.
#[must_use]
pub fn split(text: &str) -> Option<Vec<String>> {
    shlex::split(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_as_clients_know_it() {
        for (words, text) in [
            (&["/bin/bash", "-lc", "echo hi"][..], "/bin/bash -lc 'echo hi'"),
            (&["/bin/bash", "-lc", "echo"], "/bin/bash -lc echo"),
            (&["/bin/bash", "-lc", "echo \"a b\" 'c d'"], "/bin/bash -lc \"echo \\\"a b\\\" 'c d'\""),
            (&["/bin/bash", "-lc", "echo \"$HOME\""], "/bin/bash -lc 'echo \"$HOME\"'"),
            (&["/bin/bash", "-lc", "echo $'a\\n'"], "/bin/bash -lc 'echo $'\"'a\\\\n'\""),
            (&["/bin/bash", "-lc", "echo '!'"], "/bin/bash -lc \"echo '\"'!'\"'\""),
            (&["/bin/bash", "-lc", ""], "/bin/bash -lc ''"),
            (&["ls", "--color=auto", "a,b", "c%d"], "ls '--color=auto' 'a,b' 'c%d'"),
            (&["a@b", "a+b", "a:b", "_a-b.c/d"], "a@b a+b a:b _a-b.c/d"),
            (&["a\0b"], "'a\u{fffd}b'"),
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(join(&words), text);
        }
    }

    #[test]
    fn open_quotes_are_refused() {
        assert_eq!(split("a 'b c'"), Some(vec!["a".to_owned(), "b c".to_owned()]));
        assert_eq!(split("a 'b"), None);
    }
}
