//! Commands that delete by force.
//!
//! They are looked for in every corner of a script, and behind programs that only run another command: `sudo`, `env`, a
//! shell with `-c`, `eval`, `trap`. What a script works out at run time stays unseen; this is a reminder to ask, not a wall.

use crate::shell::{all_commands, base_name};

/// How many commands may run one another before it counts as dangerous that nobody can follow.
const MAX_WRAPPERS: usize = 16;

/// Options of `sudo` that take the next word.
const SUDO_VALUES: &[&str] = &[
    "-C",
    "-D",
    "-R",
    "-T",
    "-U",
    "-g",
    "-h",
    "-p",
    "-r",
    "-t",
    "-u",
    "--chdir",
    "--chroot",
    "--close-from",
    "--command-timeout",
    "--group",
    "--host",
    "--other-user",
    "--prompt",
    "--role",
    "--type",
    "--user",
];

/// Options of `env` that take the next word.
const ENV_VALUES: &[&str] = &["-C", "-u", "--chdir", "--unset"];

/// Options of shells that take the next word.
const SHELL_VALUES: &[&str] = &["-O", "-o", "+O", "+o", "--init-file", "--rcfile"];

/// Whether a command deletes by force: `rm` with `-f` among its flags, wherever it stands in the command or the scripts in
/// it. What is nested so deeply that it cannot be followed counts as dangerous.
#[must_use]
pub fn is_dangerous(argv: &[String]) -> bool {
    dangerous_words(argv, 0)
}

fn dangerous_script(script: &str, depth: usize) -> bool {
    depth > MAX_WRAPPERS
        || all_commands(script).is_none_or(|commands| commands.iter().any(|words| dangerous_words(words, depth)))
}

fn dangerous_words(words: &[String], depth: usize) -> bool {
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    let script = |script: &str| dangerous_script(script, depth + 1);
    let command = |words: &[String]| depth > MAX_WRAPPERS || dangerous_words(words, depth + 1);
    match base_name(program) {
        "rm" => forces(arguments),
        "sudo" => command(behind_options(arguments, SUDO_VALUES)),
        "env" => match split_string(arguments) {
            Some((text, rest)) => script(&format!("{text} {}", rest.join(" "))),
            None => command(behind_options(arguments, ENV_VALUES)),
        },
        "bash" | "sh" | "zsh" | "dash" | "ksh" => shell_argument(arguments).is_some_and(script),
        "eval" => script(&arguments.join(" ")),
        "trap" => arguments.first().is_some_and(|action| script(action)),
        "time" | "coproc" => command(behind_options(arguments, &[])),
        _ => false,
    }
}

/// Whether the arguments of `rm` say not to ask.
fn forces(arguments: &[String]) -> bool {
    let flags = arguments.iter().take_while(|argument| *argument != "--");
    flags.into_iter().any(|flag| flag == "--force" || is_cluster_with(flag, 'f'))
}

/// Whether an argument is a group of one-letter flags with this one among them.
fn is_cluster_with(argument: &str, flag: char) -> bool {
    argument.strip_prefix('-').is_some_and(|flags| !flags.starts_with('-') && flags.contains(flag))
}

/// The command behind options and assignments.
fn behind_options<'a>(arguments: &'a [String], with_value: &[&str]) -> &'a [String] {
    let mut rest = arguments;
    while let Some((first, more)) = rest.split_first() {
        let is_option = first.starts_with('-');
        if !is_option && !first.contains('=') {
            break;
        }
        rest = more;
        if with_value.contains(&first.as_str()) {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    rest
}

/// The text that `env -S` splits, and the words behind it.
fn split_string(arguments: &[String]) -> Option<(&str, &[String])> {
    let at = arguments.iter().take_while(|argument| argument.starts_with('-')).position(|option| {
        option.starts_with("-S") || option.starts_with("--split-string") || is_cluster_with(option, 'S')
    })?;
    let rest = &arguments[at + 1..];
    let option = &arguments[at];
    if let Some((_, text)) = option.split_once('=').filter(|_| option.starts_with("--")) {
        return Some((text, rest));
    }
    match option.strip_prefix("-S") {
        Some(text) if !text.is_empty() => Some((text, rest)),
        _ => rest.split_first().map(|(text, rest)| (text.as_str(), rest)),
    }
}

/// The script behind the `-c` of a shell.
fn shell_argument(arguments: &[String]) -> Option<&str> {
    let mut takes_script = false;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if !argument.starts_with(['-', '+']) {
            return takes_script.then_some(argument.as_str());
        }
        takes_script |= is_cluster_with(argument, 'c');
        if SHELL_VALUES.contains(&argument.as_str()) {
            rest.next();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_shell(script: &str) -> bool {
        is_dangerous(&["/bin/bash".to_owned(), "-lc".to_owned(), script.to_owned()])
    }

    #[test]
    fn deleting_by_force_is_dangerous_wherever_it_stands() {
        for script in [
            "rm -f x",
            "rm -rf x",
            "rm -fr x",
            "rm -v -f x",
            "rm x -f",
            "rm --force x",
            "rm -rf",
            "/bin/rm -f x",
            "./rm -f x",
            "sudo rm -f x",
            "sudo sudo rm -f x",
            "sudo -u root rm -f x",
            "sudo -n -- rm -f x",
            "sudo --user=root A=1 rm -f x",
            "env rm -f x",
            "env A=1 rm -f x",
            "env -i A=1 rm -f x",
            "env -- rm -f x",
            "env -u A rm -f x",
            "env -S \"rm -f x\"",
            "env '-Srm -f x'",
            "env --split-string='rm -f' x",
            "bash -c \"rm -f x\"",
            "bash -lc \"rm -f x\"",
            "sh -c \"rm -f x\"",
            "zsh -c \"rm -f x\"",
            "bash -x -c \"rm -f x\"",
            "bash -o pipefail -c \"a; rm -f x\"",
            "sudo env A=1 bash -c \"rm -f x\"",
            "env bash -c \"sudo rm -f x\"",
            "bash -c \"bash -c 'rm -f x'\"",
            "bash -c \"rm -rf $X\"",
            "eval \"rm -f x\"",
            "trap \"rm -f x\" EXIT",
            "time rm -f x",
            "time -p rm -f x",
            "coproc rm -f x",
            "a | rm -f x",
            "a && rm -f x",
            "a; rm -rf x",
            "a || rm -rf x",
            "rm -rf *",
            "rm -rf $HOME",
            "rm -rf \"$X\"",
            "rm -rf x > log",
            "rm -rf x 2>/dev/null",
            "A=1 rm -rf x",
            "(rm -rf x)",
            "{ rm -rf x; }",
            "if true; then rm -rf x; fi",
            "rm -rf x &",
            "echo $(rm -rf x)",
            "rm -f *.o && ls",
            "for i in a; do rm -rf $i; done",
            "rm -rf x # c",
            "! rm -rf x",
            "while true; do rm -f x; done",
            "function f() { rm -f x; }; f",
            "x=$(rm -f y)",
            "echo \"`rm -f y`\"",
            "rm -r$X -f y",
            "\"rm\" -f x",
            "r\"m\" -f x",
            "\\rm -f x",
            "rm \"-f\" x",
            "case x in x) rm -f x;; esac",
            "[[ -f a ]] && rm -f x",
            "export A=1; rm -f x",
            "cd $X && rm -f x",
            "cat <<E\n$(rm -f x)\nE",
            "a \\\n && rm -f x",
        ] {
            assert!(in_shell(script), "{script}");
        }
    }

    #[test]
    fn everything_else_is_not() {
        for script in [
            "",
            "rm x",
            "rm -r x",
            "rm -i x",
            "rm --recursive x",
            "rm -- -f",
            "rm -F x",
            "rm --for x",
            "rm -r$f x",
            "rm --no-preserve-root -r x",
            "srm -f x",
            "git rm -f x",
            "nohup rm -f x",
            "timeout 5 rm -f x",
            "xargs rm -f",
            "ls | xargs rm -f",
            "find . -exec rm -f x ';'",
            "git reset --hard",
            "git clean -fd",
            "dd if=a of=b",
            "mkfs x",
            "chmod -R 777 x",
            "echo rm -f x",
            "echo 'a; rm -f x'",
            "# rm -f x",
            "$X -f y",
            "bash x.sh",
            "bash -c",
            "sudo",
            "env",
            "env A=1",
            "trap",
            "cat <<'E'\nrm -f x\nE",
            "bash -c 'echo' 'rm -f x'",
            "python3 -c 'rm -f x'",
        ] {
            assert!(!in_shell(script), "{script}");
        }
        assert!(!is_dangerous(&[]));
    }

    #[test]
    fn what_cannot_be_followed_is_dangerous() {
        assert!(in_shell(&format!("{}a{}", "(".repeat(99), ")".repeat(99))));
        assert!(in_shell(&"sudo ".repeat(99)));
        assert!(!in_shell(&format!("{}a", "sudo ".repeat(9))));
        assert!(in_shell("$(rm -f x) a"));
    }
}
