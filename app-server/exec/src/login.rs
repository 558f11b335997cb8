//! What a login shell makes of the environment, found out once instead of with every command. Profiles may take longer than the
//! commands themselves; a command whose login variables are known runs without reading the profile again.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;

use crate::environment::Environment;
use crate::platform::os_string;
use crate::process::{CommandSpec, Io, Signal, Spawner};
use crate::shell::Shell;

/// How long a profile may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Most bytes that are read of what a login shell prints.
const MOST: usize = 4 * 1024 * 1024;

/// Stands before the variables, behind whatever the profile prints.
const MARK: &str = "\u{1}codex-login-environment\u{1}";

/// Environments that are remembered at the same time; a thread needs one or two.
const REMEMBERED: usize = 16;

/// Variables that belong to the shell that was asked and to no other.
const OF_THE_SHELL: &[&str] = &["_", "OLDPWD", "PWD", "SHLVL"];

/// The environments of login shells, found out once per shell and environment before. Clones share them.
#[derive(Clone, Debug)]
pub struct LoginEnvironments {
    spawner: Spawner,
    known: Arc<Mutex<HashMap<(Shell, Environment), Known>>>,
}

/// Found out by the first who asks; the others wait.
type Known = Arc<OnceCell<Option<Environment>>>;

impl LoginEnvironments {
    /// Nothing is known yet.
    pub fn new(spawner: Spawner) -> Self {
        Self { spawner, known: Arc::default() }
    }

    /// What commands of a login shell get when it begins with these variables. `None` when the shell does not tell, as it
    /// fails, takes longer than ten seconds or replaces itself: then the command itself is to be run with a login shell.
    pub async fn of(&self, shell: &Shell, environment: &Environment, cwd: &Path) -> Option<Environment> {
        let cell = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            let key = (shell.clone(), environment.clone());
            if known.len() >= REMEMBERED && !known.contains_key(&key) {
                known.clear();
            }
            Arc::clone(known.entry(key).or_default())
        };
        cell.get_or_init(|| self.ask(shell, environment, cwd)).await.clone()
    }

    async fn ask(&self, shell: &Shell, environment: &Environment, cwd: &Path) -> Option<Environment> {
        let script = format!("printf '%s' '{MARK}' && env -0");
        let spec =
            CommandSpec { argv: shell.argv(&script, true), arg0: None, cwd: cwd.to_owned(), env: environment.clone() };
        let mut process = self.spawner.spawn(spec, None, Io::Merged).await.ok()?;
        let group = process.group();
        let mut printed = Vec::new();
        let asking = async {
            let (_, mut output) = process.take_outputs().pop()?;
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(bytes @ 1..) = output.read(&mut buffer).await {
                printed.extend_from_slice(&buffer[..bytes]);
                if printed.len() > MOST {
                    return None;
                }
            }
            process.exited().await;
            process.finish().ok()?.code.filter(|code| *code == 0)
        };
        let done = tokio::time::timeout(TIMEOUT, asking).await;
        group.signal(Signal::Kill);
        done.ok().flatten()?;
        parse(&printed, environment)
    }
}

/// The variables behind the mark, with those of the shell itself as they were before.
fn parse(printed: &[u8], before: &Environment) -> Option<Environment> {
    let mark = MARK.as_bytes();
    let at = printed.windows(mark.len()).rposition(|window| window == mark)?;
    let lines = printed[at + mark.len()..].split(|byte| *byte == 0).filter(|line| !line.is_empty());
    let mut after = Environment::default();
    for line in lines {
        let equals = line.iter().position(|byte| *byte == b'=')?;
        after.set(os_string(&line[..equals]), os_string(&line[equals + 1..]));
    }
    for name in OF_THE_SHELL {
        match before.get(name) {
            Some(value) => after.set(name, value),
            None => after.remove(name),
        }
    }
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        Environment::new(variables.iter().map(|(name, value)| (name.into(), value.into())))
    }

    #[test]
    fn variables_stand_behind_the_last_mark() {
        let before = environment(&[("SHLVL", "3")]);
        let printed = format!("hello A=2{MARK}no{MARK}A=1\nstill A\0B==\0C=\0SHLVL=4\0PWD=/x\0_=/bin/env\0");
        let expected = environment(&[("A", "1\nstill A"), ("B", "="), ("C", ""), ("SHLVL", "3")]);
        assert_eq!(parse(printed.as_bytes(), &before), Some(expected));
        assert_eq!(parse(b"A=1\0", &before), None);
        assert_eq!(parse(format!("{MARK}no variable\0").as_bytes(), &before), None);
    }
}
