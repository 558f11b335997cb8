//! Commands under way: what was typed, and which part of its output was shown already.

/// The command as the model wrote it: the script alone where the line is `SHELL -lc 'SCRIPT'`.
pub(in crate::cli) fn script_of(line: &str) -> String {
    const SHELLS: &[&str] = &["sh", "bash", "zsh", "dash", "ksh", "fish"];
    let words = shlex::split(line).unwrap_or_default();
    let [shell, flag, script] = words.as_slice() else { return line.to_owned() };
    let name = shell.rsplit('/').next().unwrap_or_default();
    let is_shell = SHELLS.contains(&name) && matches!(flag.as_str(), "-lc" | "-c");
    if is_shell { script.clone() } else { line.to_owned() }
}

/// The end of what was streamed of an output, which is enough to tell what of the whole is new.
#[derive(Debug, Default)]
pub(super) struct Streamed {
    tail: String,
    /// Something is missing before the tail.
    cut: bool,
}

impl Streamed {
    /// Bytes that are kept at least.
    const KEPT: usize = 64 * 1024;

    pub(super) fn push(&mut self, delta: &str) {
        self.tail.push_str(delta);
        if self.tail.len() > 2 * Self::KEPT {
            let from = self.tail.ceil_char_boundary(self.tail.len() - Self::KEPT);
            self.tail.drain(..from);
            self.cut = true;
        }
    }

    /// What of the whole output was not streamed: what came before it and what comes after it.
    ///
    /// Both are empty when the output was shortened where the stream was not.
    pub(super) fn missing<'a>(&self, whole: &'a str) -> (&'a str, &'a str) {
        if !self.cut
            && let Some(rest) = whole.strip_prefix(&self.tail)
        {
            return ("", rest);
        }
        match whole.rfind(&self.tail) {
            Some(at) => (if self.cut { "" } else { &whole[..at] }, &whole[at + self.tail.len()..]),
            None => ("", ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_stands_alone() {
        for (line, expected) in [
            ("/bin/bash -lc 'ls -A | head'", "ls -A | head"),
            (r#"/usr/bin/zsh -c "echo 'a b'""#, "echo 'a b'"),
            ("sh -lc ls", "ls"),
            (r"bash -lc 'echo '\''a'\'''", "echo 'a'"),
            ("/bin/bash -lc 'two' words", "/bin/bash -lc 'two' words"),
            ("python3 -c 'print(1)'", "python3 -c 'print(1)'"),
            ("/bin/bash -x script", "/bin/bash -x script"),
            ("echo 'open", "echo 'open"),
            ("", ""),
        ] {
            assert_eq!(script_of(line), expected);
        }
    }

    #[test]
    fn what_was_streamed_is_not_missing() {
        let missing = |deltas: &[&str], whole: &'static str| {
            let mut streamed = Streamed::default();
            deltas.iter().for_each(|delta| streamed.push(delta));
            streamed.missing(whole)
        };
        assert_eq!(missing(&[], "all"), ("", "all"));
        assert_eq!(missing(&["a", "ll"], "all"), ("", ""));
        assert_eq!(missing(&["a"], "all a"), ("", "ll a"));
        assert_eq!(missing(&["second\n"], "first\nsecond\nthird\n"), ("first\n", "third\n"));
        assert_eq!(missing(&["other"], "all"), ("", ""));
    }

    #[test]
    fn of_a_long_stream_the_end_decides() {
        let mut streamed = Streamed::default();
        let mut whole = String::new();
        for number in 0..60_000 {
            let line = format!("{number} é\n");
            streamed.push(&line);
            whole.push_str(&line);
        }
        assert!(streamed.tail.len() <= 2 * Streamed::KEPT);
        assert_eq!(streamed.missing(&whole), ("", ""));
        whole.push_str("more\n");
        assert_eq!(streamed.missing(&whole), ("", "more\n"));
        assert_eq!(streamed.missing(&whole[whole.len() - 3_000..]), ("", ""));
    }
}
