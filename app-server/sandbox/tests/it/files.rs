//! Promises about files: what is written, where, and what stays unread.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::sync::Barrier;

use codex_sandbox::{Backend, LinuxSandbox, Sandbox as _, SandboxError, SandboxMode};

use super::support::{READING, WRITING, both, each, entries, place, run, sandbox, says, start, with};

#[test]
fn writing_works_inside_and_nowhere_else() {
    let place = place();
    let spec = place.spec(SandboxMode::WorkspaceWrite);
    let script = "mkdir a && echo x > a/b && mv a/b c && rm -r a && chmod 600 c && rm c && echo inside
        echo x > $OUTSIDE/new || echo no new
        echo x > $OUTSIDE/file || echo no change
        rm $OUTSIDE/file || echo no removal
        mv $OUTSIDE/file . || echo no move
        rm -f file
        chmod 777 $OUTSIDE/file || echo no mode
        touch $OUTSIDE/file || echo no time
        ln -s x $OUTSIDE/link || echo no link
        mkdir $OUTSIDE/folder || echo no folder
        mkfifo $OUTSIDE/pipe || echo no pipe
        echo x > /tmp/sandbox-test-file || echo no tmp";
    let expected = [
        "inside",
        "no new",
        "no change",
        "no removal",
        "no move",
        "no mode",
        "no time",
        "no link",
        "no folder",
        "no pipe",
        "no tmp",
    ];
    says(&WRITING, &place, &spec, script, &expected);
    each(&WRITING, &place, &spec, "echo x > $OUTSIDE/new", |_, _, said| {
        assert!(said.contains("Read-only file system"), "{said}");
    });
    assert_eq!(entries(&place.outside), ["file"]);
    assert_eq!(fs::read_to_string(place.outside.join("file")).unwrap(), "before");
    assert!(entries(&place.workspace).is_empty());
}

#[test]
fn nothing_is_written_in_the_mode_for_reading() {
    let place = place();
    let spec = place.spec(SandboxMode::ReadOnly);
    fs::write(place.workspace.join("own"), "own").unwrap();
    let script = "cat own; echo; cat $OUTSIDE/file; echo
        echo x > own || echo no change
        true >> own || echo no open
        echo x > new || echo no new
        chmod 777 own || echo no mode
        touch -d 2001-01-01 own || echo no time
        mv own other || echo no move
        ln own other || echo no link
        rm own || echo no removal
        echo x > /tmp/sandbox-test-file || echo no tmp
        echo x > /dev/null && echo null";
    let expected = [
        "own",
        "before",
        "no change",
        "no open",
        "no new",
        "no mode",
        "no time",
        "no move",
        "no link",
        "no removal",
        "no tmp",
        "null",
    ];
    says(&READING, &place, &spec, script, &expected);
    assert_eq!(entries(&place.workspace), ["own"]);
    assert_ne!(fs::metadata(place.workspace.join("own")).unwrap().permissions().mode() & 0o777, 0o777);
}

#[test]
fn further_roots_and_temporary_folders_are_writable() {
    let place = place();
    let mut spec = place.spec(SandboxMode::WorkspaceWrite);
    let more = place.outside.join("more");
    let temp = place.outside.join("temp");
    let single = place.outside.join("single");
    fs::create_dir(&more).unwrap();
    fs::create_dir(&temp).unwrap();
    fs::write(&single, "").unwrap();
    spec.writable_roots = vec![more, single, place.outside.join("missing")];
    spec.temp.tmpdir = Some(temp);
    let script = "echo x > $OUTSIDE/more/a && echo x > $OUTSIDE/temp/a && echo x > $OUTSIDE/single && echo written
        mkdir $OUTSIDE/missing || echo missing
        mkdir $OUTSIDE/more/.git || echo protected
        rm $OUTSIDE/single || echo kept";
    says(&WRITING, &place, &spec, script, &["written", "missing", "protected", "kept"]);
    spec.temp.slash_tmp = true;
    let name = format!("/tmp/sandbox-test-{}", std::process::id());
    says(&WRITING, &place, &spec, &format!("echo x > {name} && rm {name} && echo tmp"), &["tmp"]);
}

#[test]
fn protected_names_that_exist_stay_as_they_are() {
    let place = place();
    let spec = place.spec(SandboxMode::WorkspaceWrite);
    for name in codex_sandbox::PROTECTED_NAMES {
        fs::create_dir_all(place.workspace.join(name).join("hooks")).unwrap();
        fs::write(place.workspace.join(name).join("config"), "before").unwrap();
    }
    let script = "for name in .git .agents .codex .aws; do
            cat $name/config; echo
            echo x > $name/config || echo no change
            echo x > $name/hooks/new || echo no new
            rm -rf $name || echo no removal
            mv $name other || echo no move
            mv -T other $name || echo no replacement
            chmod 777 $name || echo no mode
            ln $name/config linked || echo no hard link
        done";
    let expected =
        ["before", "no change", "no new", "no removal", "no move", "no replacement", "no mode", "no hard link"];
    says(&WRITING, &place, &spec, script, &expected.repeat(4));
    for name in codex_sandbox::PROTECTED_NAMES {
        assert_eq!(fs::read_to_string(place.workspace.join(name).join("config")).unwrap(), "before");
        assert!(entries(&place.workspace.join(name).join("hooks")).is_empty());
    }
}

#[test]
fn protected_names_that_are_missing_cannot_be_made() {
    let place = place();
    let spec = place.spec(SandboxMode::WorkspaceWrite);
    let script = "for name in .git .agents .codex .aws; do
            mkdir $name || echo no folder
            echo x > $name || echo no file
            echo x > $name/config || echo no content
            ln -s $OUTSIDE $name/link || echo no link
            mkdir made && mv -T made $name || echo no move
            rmdir $name || echo no removal
            mv $name other || echo no renaming
            ls -A $name
            rmdir made
        done";
    let expected = ["no folder", "no file", "no content", "no link", "no move", "no removal", "no renaming"];
    says(&WRITING, &place, &spec, script, &expected.repeat(4));
    assert!(entries(&place.workspace).is_empty(), "nothing is left on the disk");
}

#[test]
fn git_still_works_inside_and_leaves_no_trace_of_covers() {
    let place = place();
    let spec = place.spec(SandboxMode::WorkspaceWrite);
    let script = "git init -q . || echo no repository
        git -C . status > /dev/null || echo none
        git init -q sub && echo sub && rm -rf sub";
    says(&WRITING, &place, &spec, script, &["no repository", "none", "sub"]);
    assert!(entries(&place.workspace).is_empty());
}

#[test]
fn sandboxes_side_by_side_do_not_take_each_other_s_covers_away() {
    let place = place();
    let spec = place.spec(SandboxMode::WorkspaceWrite);
    for backend in WRITING {
        let Some(sandbox) = with(backend, &spec) else { continue };
        let barrier = Barrier::new(4);
        std::thread::scope(|scope| {
            for length in [1, 40, 5, 80] {
                let (sandbox, spec, place, barrier) = (&sandbox, &spec, &place, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    for _ in 0..3 {
                        let script = format!(
                            "for i in $(seq {length}); do mkdir .git .aws 2> /dev/null && echo made; sh -c :; done"
                        );
                        let output = run(sandbox, spec, place.script(&script));
                        assert_eq!(both(&output), "", "{backend}");
                    }
                });
            }
        });
        assert!(entries(&place.workspace).is_empty(), "{backend}");
    }
}

#[test]
fn what_a_killed_sandbox_left_is_cleared_by_the_next() {
    let place = place();
    let spec = place.spec(SandboxMode::WorkspaceWrite);
    let cover = place.workspace.join(".git");
    fs::create_dir(&cover).unwrap();
    fs::set_permissions(&cover, fs::Permissions::from_mode(0o1700)).unwrap();
    let sandbox = WRITING.into_iter().find_map(|backend| with(backend, &spec));
    if let Some(sandbox) = sandbox {
        let output = run(&sandbox, &spec, place.script("mkdir .git/x || echo covered"));
        assert!(both(&output).contains("covered"));
        assert!(entries(&place.workspace).is_empty());
    }
}

#[test]
fn denied_paths_cannot_be_read_or_written() {
    let place = place();
    fs::create_dir_all(place.outside.join("secret/deep/open")).unwrap();
    fs::write(place.outside.join("secret/key"), "key").unwrap();
    fs::write(place.outside.join("secret/deep/open/note"), "note").unwrap();
    fs::write(place.workspace.join(".env"), "token").unwrap();
    let script = "cat $OUTSIDE/file; echo
        cat .env || echo no file
        echo x > .env || echo no change
        rm .env || echo no removal
        cat $OUTSIDE/secret/key || echo no key
        ls $OUTSIDE/secret || echo no list
        chmod 755 $OUTSIDE/secret .env || echo no mode
        cat /proc/self/root$OUTSIDE/secret/key || echo no detour
        cat /proc/1/root$OUTSIDE/secret/key || echo no detour";
    let expected =
        ["before", "no file", "no change", "no removal", "no key", "no list", "no mode", "no detour", "no detour"];
    for mode in [SandboxMode::ReadOnly, SandboxMode::WorkspaceWrite] {
        let mut spec = place.spec(mode);
        spec.denied = vec![place.outside.join("secret"), place.workspace.join(".env")];
        says(&READING, &place, &spec, script, &expected);
    }
    let mut spec = place.spec(SandboxMode::WorkspaceWrite);
    spec.denied = vec![place.outside.join("secret")];
    spec.read_only = vec![place.outside.join("secret/deep/open")];
    let script = "cat $OUTSIDE/secret/deep/open/note; echo
        cat $OUTSIDE/secret/key || echo no key
        ls $OUTSIDE/secret/deep || echo no list
        echo x > $OUTSIDE/secret/deep/open/note || echo no change
        mkdir $OUTSIDE/secret/new || echo no new";
    says(&WRITING, &place, &spec, script, &["note", "no key", "no list", "no change", "no new"]);
    spec.read_only.clear();
    spec.writable_roots = vec![place.outside.join("secret/deep/open")];
    let script = "echo x > $OUTSIDE/secret/deep/open/new && rm $OUTSIDE/secret/deep/open/new && echo open
        mkdir $OUTSIDE/secret/deep/open/.git || echo protected
        cat $OUTSIDE/secret/key || echo no key";
    says(&WRITING, &place, &spec, script, &["open", "protected", "no key"]);
}

#[test]
fn read_only_paths_in_a_root_cannot_be_moved_away() {
    let place = place();
    fs::create_dir_all(place.workspace.join("a/b/docs")).unwrap();
    fs::create_dir_all(place.workspace.join("a/nested")).unwrap();
    let mut spec = place.spec(SandboxMode::WorkspaceWrite);
    spec.read_only = vec![place.workspace.join("a/b/docs")];
    spec.writable_roots = vec![place.workspace.join("a/nested")];
    let script = "echo x > a/b/docs/new || echo no new
        mv a/b/docs other || echo no move
        mv a/b other || echo no move above
        mv a other || echo no move further above
        mv a/nested other || echo no move of a root
        mkdir a/nested/.git || echo protected
        echo x > a/b/beside && rm a/b/beside && echo beside";
    let expected =
        ["no new", "no move", "no move above", "no move further above", "no move of a root", "protected", "beside"];
    says(&WRITING, &place, &spec, script, &expected);
}

#[test]
fn links_cannot_turn_rules_around() {
    let place = place();
    let spec = place.spec(SandboxMode::WorkspaceWrite);
    symlink(&place.outside, place.workspace.join("out")).unwrap();
    let script = "echo x > out/new || echo no new
        echo x > out/file || echo no change
        ln -s $OUTSIDE own; echo x > own/file || echo no change; rm own
        ln $OUTSIDE/file hard || echo no hard link
        mv out/file . || echo no move; rm file";
    says(&WRITING, &place, &spec, script, &["no new", "no change", "no change", "no hard link", "no move"]);
    assert_eq!(fs::read_to_string(place.outside.join("file")).unwrap(), "before");

    let mut led_astray = spec.clone();
    led_astray.writable_roots = vec![place.workspace.join("out")];
    let error = sandbox().prepare(&led_astray, place.script(":")).unwrap_err();
    assert!(matches!(error, SandboxError::WritableLink { .. }), "{error}");
    symlink("elsewhere", place.workspace.join(".codex")).unwrap();
    let error = sandbox().prepare(&spec, place.script(":")).unwrap_err();
    assert!(matches!(error, SandboxError::ProtectedLink(_)), "{error}");
}

#[test]
fn a_root_that_became_a_link_is_refused_at_the_last_moment() {
    let place = place();
    fs::create_dir(place.workspace.join("sub")).unwrap();
    let mut spec = place.spec(SandboxMode::WorkspaceWrite);
    spec.writable_roots = vec![place.workspace.join("sub")];
    let Some(sandbox) = with(WRITING[0], &spec) else { return };
    let prepared = sandbox.prepare(&spec, place.script("echo x > sub/file")).unwrap();
    fs::remove_dir(place.workspace.join("sub")).unwrap();
    symlink(&place.outside, place.workspace.join("sub")).unwrap();
    let output = start(prepared).output().unwrap();
    assert_eq!(output.status.code(), Some(codex_sandbox::EXIT_SETUP_FAILED), "{}", both(&output));
    assert!(both(&output).contains("cannot open the writable root"), "{}", both(&output));
    assert_eq!(fs::read_to_string(place.outside.join("file")).unwrap(), "before");
}

#[test]
fn everything_but_the_exceptions_can_be_writable() {
    let place = place();
    let mut spec = place.spec(SandboxMode::WorkspaceWrite);
    spec.writable_roots = vec!["/".into()];
    spec.protected_names.clear();
    spec.read_only = vec![place.workspace.clone()];
    let script = "echo x > $OUTSIDE/new && rm $OUTSIDE/new && echo outside; mkdir x || echo no workspace";
    says(&WRITING, &place, &spec, script, &["outside", "no workspace"]);
}

#[test]
fn a_bubblewrap_that_commands_could_replace_is_not_used() {
    let place = place();
    let fake = place.workspace.join("bwrap");
    fs::write(&fake, "#!/bin/sh\ntouch $OUTSIDE/pwned").unwrap();
    fs::set_permissions(&fake, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::join_paths([place.workspace.as_path(), "/usr/bin".as_ref(), "/bin".as_ref()]).unwrap();
    let sandbox = LinuxSandbox::new(env!("CARGO_BIN_EXE_codex-sandbox-helper").into(), Some(&path));
    let spec = place.spec(SandboxMode::WorkspaceWrite);
    let error = sandbox.only(Backend::Bubblewrap).backend_for(&spec).unwrap_err();
    assert!(error.to_string().contains("lies in the writable root"), "{error}");
}
