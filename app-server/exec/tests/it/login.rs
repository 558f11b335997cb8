//! Login shells: what their profile makes of the environment.

use std::ffi::OsStr;
use std::fs;

use codex_exec::{Environment, LoginEnvironments, Shell};

use crate::fixture::{Fixture, within};

/// A user with this profile.
fn user(fixture: &Fixture, profile: &str) -> Environment {
    fs::write(fixture.path(".bash_profile"), profile).unwrap();
    let mut environment = Environment::new([("PATH".into(), "/usr/bin:/bin".into())]);
    environment.set("HOME", fixture.path(""));
    environment.set("FROM_SERVER", "1");
    environment
}

fn bash() -> Shell {
    Shell { path: "/bin/bash".into() }
}

#[tokio::test]
async fn the_profile_is_read_once() {
    let fixture = Fixture::new();
    let before = user(
        &fixture,
        "echo noise; echo more >&2; echo x >> read; export ADDED=$'a\\nb' FROM_SERVER=2 PATH=\"$HOME/bin:$PATH\"",
    );
    let logins = LoginEnvironments::new(fixture.spawner.clone());
    let cwd = fixture.path("");
    let shell = bash();
    let (one, two) =
        within(async { tokio::join!(logins.of(&shell, &before, &cwd), logins.of(&shell, &before, &cwd)) }).await;
    let after = one.unwrap();
    assert_eq!(two, Some(after.clone()));
    assert_eq!(after.get("ADDED"), Some(OsStr::new("a\nb")));
    assert_eq!(after.get("FROM_SERVER"), Some(OsStr::new("2")));
    assert!(after.get("PATH").unwrap().to_str().unwrap().starts_with(fixture.path("bin").to_str().unwrap()));
    assert_eq!((after.get("PWD"), after.get("SHLVL"), after.get("_")), (None, None, None));
    assert_eq!(fs::read_to_string(fixture.path("read")).unwrap(), "x\n");

    let mut other = before.clone();
    other.set("OTHER", "1");
    assert_eq!(within(logins.of(&shell, &other, &cwd)).await.unwrap().get("OTHER"), Some(OsStr::new("1")));
    assert_eq!(fs::read_to_string(fixture.path("read")).unwrap(), "x\nx\n");
}

#[tokio::test]
async fn a_profile_that_fails_or_replaces_the_shell_tells_nothing() {
    let fixture = Fixture::new();
    for profile in ["exit 3", "exit 0", "exec sleep 0", "PATH=", "exec 1>&-"] {
        let before = user(&fixture, profile);
        let logins = LoginEnvironments::new(fixture.spawner.clone());
        assert_eq!(within(logins.of(&bash(), &before, &fixture.path(""))).await, None, "{profile}");
    }
    let before = user(&fixture, "");
    let logins = LoginEnvironments::new(fixture.spawner.clone());
    let missing = Shell { path: fixture.path("no-shell") };
    assert_eq!(within(logins.of(&missing, &before, &fixture.path(""))).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_profile_that_hangs_is_given_up() {
    let fixture = Fixture::new();
    let before = user(&fixture, "sleep 1000");
    let logins = LoginEnvironments::new(fixture.spawner.clone());
    assert_eq!(logins.of(&bash(), &before, &fixture.path("")).await, None);
}
