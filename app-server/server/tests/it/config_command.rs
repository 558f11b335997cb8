//! `config explain` and `config check`, as people run them.

use std::process::Output;

use codex_app_server_test_support::ServerBuilder;

use super::raw::run;
use super::server;

async fn output(builder: ServerBuilder, words: &[&str]) -> (Option<i32>, String, String) {
    let builder = words.iter().fold(builder, |builder, word| builder.arg(word));
    let Output { status, stdout, stderr } = run(builder.command()).await;
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[tokio::test]
async fn a_value_is_explained_with_its_place() {
    let user = "model = \"file\"\n[model_providers.x]\nname = \"X\"\nexperimental_bearer_token = \"sesame\"\n";
    let (code, out, _) =
        output(server().file("config.toml", user), &["config", "explain", "model", "-c", "model=flag"]).await;
    assert_eq!(code, Some(0));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "model = \"flag\"");
    assert!(lines[1].starts_with("  from ") && lines[1].contains("command line"), "{out}");
    assert!(lines[2].starts_with("  hides ") && lines[2].contains("config.toml:1:9 "), "{out}");

    let (code, out, _) = output(server().file("config.toml", user), &["config", "explain", "model_providers.x"]).await;
    assert_eq!(code, Some(0));
    assert!(out.contains("*****") && !out.contains("sesame"), "{out}");

    let (code, _, err) = output(server(), &["config", "explain", "a..b"]).await;
    assert_eq!((code, err.trim_end()), (Some(1), "Error: keyPath segments must not be empty"));
}

#[tokio::test]
async fn a_check_underlines_what_is_wrong_and_ends_with_one() {
    let (code, out, _) = output(server().file("config.toml", "model = \"a\"\n"), &["config", "check"]).await;
    assert_eq!((code, out.as_str()), (Some(0), "The configuration is fine.\n"));

    let wrong = "model = \"a\"\n[features]\n\tgoals = \"日本\" # x\n";
    let (code, out, _) = output(server().file("config.toml", wrong), &["config", "check"]).await;
    assert_eq!(code, Some(1));
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("error: ") && lines[0].contains("config.toml:3:10: "), "{out}");
    assert_eq!(&lines[2..4], ["3 | \tgoals = \"日本\" # x", "  | \t        ^^^^^^"]);
    assert_eq!(lines.last(), Some(&"1 wrong, 0 odd"));

    let (code, out, _) = output(server(), &["config", "check", "-c", "model=3"]).await;
    assert_eq!(code, Some(1));
    assert!(out.contains("expected a string"), "{out}");
}
