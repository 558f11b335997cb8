//! `apply_patch`, as a tool and inside of a command: what is changed, shown, refused.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::acting::{Acted, FREE, FREEFORM, WORKSPACE, acts, exec, heredoc, patch, whole_patch};

const ADD: &str = "*** Add File: new.txt\n+one\n+two\n";

/// A thread whose model has a tool for patches.
async fn patcher(answers: &[Value], config: &str) -> Acted {
    Acted::on(&acts(answers), &format!("{FREEFORM}{config}")).await
}

/// The changes of the only patch, by file name, without its folder.
fn changes(acted: &Acted) -> Value {
    let mut items = acted.client.completed_items("fileChange");
    assert_eq!(items.len(), 1, "{items:?}");
    let text = items.remove(0).1["changes"].to_string();
    serde_json::from_str(&text.replace(&format!("{}/", acted.lab.cwd.display()), "")).unwrap()
}

#[tokio::test]
async fn all_kinds_of_changes_are_made_and_shown() {
    let hunks = format!(
        "{ADD}*** Delete File: old.txt\n*** Update File: kept.txt\n@@\n a\n-b\n+B\n c\n*** Update File: from.txt\n*** Move \
         to: sub/to.txt\n@@\n-x\n+y\n"
    );
    for call in [patch(&hunks), heredoc(&hunks)] {
        let acted = patcher(&[json!([call])], FREE).await;
        for (name, content) in [("old.txt", "gone\n"), ("kept.txt", "a\nb\nc\n"), ("from.txt", "x\n")] {
            std::fs::write(acted.file(name), content).unwrap();
        }
        acted.run("go").await;
        assert_eq!((acted.read("new.txt"), acted.read("kept.txt")), ("one\ntwo\n".to_owned(), "a\nB\nc\n".to_owned()));
        assert_eq!(acted.read("sub/to.txt"), "y\n");
        assert!(!acted.file("old.txt").exists() && !acted.file("from.txt").exists());
        let output = acted.output();
        let told = "Success. Updated the following files:\nA new.txt\nM kept.txt\nM sub/to.txt\nD old.txt\n";
        assert!(output.ends_with(&format!("Output:\n{told}")), "{output}");
        assert!(output.contains("Exit code: 0\nWall time: "), "{output}");
        assert_eq!(
            changes(&acted),
            json!([
                {
                    "path": "from.txt",
                    "kind": { "type": "update", "move_path": "sub/to.txt" },
                    "diff": "@@ -1 +1 @@\n-x\n+y\n\n\nMoved to: sub/to.txt",
                },
                {
                    "path": "kept.txt",
                    "kind": { "type": "update", "move_path": null },
                    "diff": "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n",
                },
                { "path": "new.txt", "kind": { "type": "add" }, "diff": "one\ntwo\n" },
                { "path": "old.txt", "kind": { "type": "delete" }, "diff": "gone\n" },
            ])
        );
        assert!(acted.client.completed_items("commandExecution").is_empty(), "a patch is no command");
        assert!(acted.client.all_asked().is_empty());
    }
}

#[tokio::test]
async fn the_items_stand_before_the_diff_which_follows_every_answer() {
    let acted = patcher(&[json!([patch(ADD)]), json!([exec("echo hi")])], FREE).await;
    acted.run("go").await;
    let names = acted.client.names();
    let told: Vec<_> = names
        .iter()
        .filter(|name| name.contains("fileChange") || name.contains("diff") || name.contains("tokenUsage"))
        .collect();
    assert_eq!(
        told,
        [
            "item/started fileChange",
            "item/completed fileChange completed",
            "turn/diff/updated",
            "thread/tokenUsage/updated",
            "turn/diff/updated",
            "thread/tokenUsage/updated",
            "turn/diff/updated",
            "thread/tokenUsage/updated",
            "turn/diff/updated",
        ]
    );
}

#[tokio::test]
async fn a_turn_without_patches_has_no_diff() {
    let acted = Acted::once(&acts(&[json!([exec("echo hi > file")])]), FREE).await;
    assert!(acted.client.diffs().is_empty());
}

fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .envs(["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"].map(|name| (name, "/dev/null")))
        .args(["-c", "user.name=Test", "-c", "user.email=test@localhost"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .ok()?;
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[tokio::test]
async fn the_diff_of_a_turn_is_that_of_git() {
    let first = format!("{ADD}*** Update File: kept.txt\n@@\n line 3\n-line 4\n+LINE 4\n");
    let second = "*** Update File: new.txt\n@@\n-two\n+three\n*** Delete File: old.txt\n*** Update File: kept.txt\n@@\n \
                  line 15\n+more\n";
    let acted = patcher(&[json!([patch(&first)]), json!([heredoc(second)])], FREE).await;
    let lines: String = (1..=20).map(|number| format!("line {number}\n")).collect();
    std::fs::write(acted.file("kept.txt"), lines).unwrap();
    std::fs::write(acted.file("old.txt"), "old\n").unwrap();
    let folder = &acted.lab.cwd;
    if git(folder, &["init", "-q"]).is_none() {
        return eprintln!("skipped: git is not installed");
    }
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "before"]);
    acted.run("go").await;
    git(folder, &["add", "-A"]);
    let gits =
        git(folder, &["diff", "--cached", "--full-index", "--no-renames", "--no-ext-diff", "--no-color"]).unwrap();
    // The mode behind the hashes, and the function behind the line numbers, are not told.
    let plain = |line: &str| match line.split_once("@@ -") {
        Some((_, rest)) => format!("@@ -{}@@\n", rest.split_once("@@").unwrap().0),
        None => format!("{}\n", line.strip_suffix(" 100644").filter(|_| line.starts_with("index ")).unwrap_or(line)),
    };
    let gits: String = gits.lines().map(plain).collect();
    let ours: String = acted.client.diffs().pop().unwrap().lines().map(plain).collect();
    assert_eq!(ours, gits);
    assert!(gits.contains("+three") && gits.contains("deleted file mode 100644"), "{gits}");
}

#[tokio::test]
async fn a_patch_in_a_command_may_change_its_folder_first() {
    let inside = exec(&format!("cd sub && apply_patch <<'EOF'\n{}EOF\n", whole_patch(ADD)));
    let acted = patcher(&[json!([inside])], FREE).await;
    std::fs::create_dir(acted.file("sub")).unwrap();
    acted.run("go").await;
    assert_eq!(acted.read("sub/new.txt"), "one\ntwo\n");
    assert_eq!(changes(&acted)[0]["path"], "sub/new.txt");
}

#[tokio::test]
async fn a_patch_that_does_not_fit_changes_nothing_and_is_no_item() {
    let update = "*** Update File: kept.txt\n@@\n-nothing like it\n+x\n";
    for (hunks, expected) in [
        (format!("{ADD}{update}"), "apply_patch verification failed: Failed to find expected lines in "),
        (format!("{ADD}{ADD}"), "apply_patch verification failed: invalid patch: multiple operations target "),
        (format!("{ADD}*** Delete File: none.txt\n"), "apply_patch verification failed: Failed to read "),
        (format!("{ADD}*** Rename File: x\n"), "apply_patch verification failed: invalid hunk at line 5, "),
        (String::new(), "patch rejected: empty patch"),
    ] {
        for call in [patch(&hunks), heredoc(&hunks)] {
            let acted = patcher(&[json!([call])], FREE).await;
            std::fs::write(acted.file("kept.txt"), "kept\n").unwrap();
            acted.run("go").await;
            let output = acted.output();
            assert!(output.starts_with(expected), "{hunks}: {output}");
            assert!(!acted.file("new.txt").exists(), "{hunks}");
            assert_eq!(acted.read("kept.txt"), "kept\n");
            let names = acted.client.names();
            assert!(!names.iter().any(|name| name.contains("fileChange") || name.contains("diff")), "{names:?}");
        }
    }
}

#[tokio::test]
async fn a_bare_patch_as_a_command_is_not_run() {
    let acted = patcher(&[json!([exec(&whole_patch(ADD))])], FREE).await;
    acted.run("go").await;
    assert!(acted.output().contains("patch detected without explicit call to apply_patch"), "{}", acted.output());
    assert!(!acted.file("new.txt").exists() && acted.client.completed_items("commandExecution").is_empty());
}

#[tokio::test]
async fn a_failing_write_is_a_failed_item_and_the_diff_tells_what_was_done() {
    // No file can be made there, which shows only when it is tried.
    let hunks = format!("{ADD}*** Add File: /proc/none/file.txt\n+x\n");
    let acted = patcher(&[json!([patch(&hunks)])], FREE).await;
    acted.run("go").await;
    let output = acted.output();
    assert!(
        output.starts_with("Exit code: 1\n")
            && output.contains("Failed to create parent directories for /proc/none/file.txt"),
        "{output}"
    );
    assert_eq!(acted.client.completed_items("fileChange")[0].1["status"], "failed");
    assert_eq!(acted.read("new.txt"), "one\ntwo\n");
    assert!(acted.client.diffs().pop().unwrap().starts_with("diff --git a/new.txt b/new.txt\nnew file mode"));
}

#[tokio::test]
async fn without_the_tool_only_the_command_form_works() {
    let config = format!("model = 'nobody-knows'\n{FREE}");
    let acted = Acted::once(&acts(&[json!([patch(ADD), heredoc("*** Add File: other.txt\n+x\n")])]), &config).await;
    let outputs = acted.outputs();
    assert_eq!(outputs[0], "unsupported custom tool call: apply_patch");
    assert!(!acted.file("new.txt").exists() && acted.file("other.txt").exists());
}

#[tokio::test]
async fn inside_of_the_workspace_nobody_is_asked() {
    let acted = patcher(&[json!([patch(ADD)])], &format!("approval_policy = 'on-request'\n{WORKSPACE}")).await;
    acted.run("go").await;
    assert_eq!(acted.read("new.txt"), "one\ntwo\n");
    assert!(acted.client.all_asked().is_empty());
}

#[tokio::test]
async fn what_lies_outside_is_refused_where_nobody_may_be_asked() {
    let refused = "patch rejected: writing outside of the project; rejected by user approval settings";
    let config = format!("approval_policy = 'never'\n{WORKSPACE}");
    for target in ["../beside.txt", "link/beside.txt", ".git/config", ".codex/config.toml", "link.txt"] {
        let acted = patcher(&[json!([patch(&format!("{ADD}*** Add File: {target}\n+x\n"))])], &config).await;
        let outside = acted.lab.home.join("outside");
        std::fs::create_dir(&outside).unwrap();
        std::os::unix::fs::symlink(&outside, acted.file("link")).unwrap();
        std::os::unix::fs::symlink(outside.join("target.txt"), acted.file("link.txt")).unwrap();
        acted.run("go").await;
        assert_eq!(acted.output(), refused, "{target}");
        assert!(!acted.file("new.txt").exists(), "{target}: the patch is made as a whole or not at all");
        assert!(std::fs::read_dir(&outside).unwrap().next().is_none(), "{target}");
        assert!(acted.client.completed_items("fileChange").is_empty());
    }
    let acted = patcher(&[json!([patch(ADD)])], "approval_policy = 'never'\nsandbox_mode = 'read-only'\n").await;
    acted.run("go").await;
    assert_eq!(
        acted.output(),
        "patch rejected: writing is blocked by read-only sandbox; rejected by user approval settings"
    );
}

#[tokio::test]
async fn patches_wait_for_the_commands_before_them() {
    let slow = exec("sleep 0.3; cat new.txt 2>/dev/null || echo not yet");
    let acted = patcher(&[json!([slow, patch(ADD), exec("cat new.txt")])], FREE).await;
    acted.run("go").await;
    let outputs = acted.outputs();
    assert!(outputs[0].ends_with("Output:\nnot yet\n"), "{}", outputs[0]);
    assert!(outputs[1].starts_with("Exit code: 0"), "{}", outputs[1]);
    assert!(outputs[2].ends_with("Output:\none\ntwo\n"), "{}", outputs[2]);
}
