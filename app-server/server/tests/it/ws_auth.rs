//! What websocket clients have to show, and what is said to those who cannot.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use codex_app_server_client::{Client, ClientOptions, websocket};
use codex_app_server_test_support::{ModelEndpoint, ServerBuilder, TestHome, TestServer};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::raw::run;
use super::server;
use super::try_command::{text, trying};
use super::websocket::{UPGRADE, http};

const TOKEN: &str = "open-sesame-open-sesame";
const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// A home with these files in its working folder, which relative paths are relative to.
fn home(files: &[(&str, &str)]) -> TestHome {
    let home = TestHome::new();
    for (name, text) in files {
        std::fs::write(home.cwd().join(name), text).unwrap();
    }
    home
}

fn with(builder: ServerBuilder, words: &str) -> ServerBuilder {
    words.split_whitespace().fold(builder, ServerBuilder::arg)
}

/// A server for the token.
async fn guarded(listen: &str) -> TestServer {
    let builder = server().home(home(&[("token", &format!("  {TOKEN}\n"))]));
    with(builder, "--ws-auth capability-token --ws-token-file token").start_listening(listen).await
}

async fn knock(server: &TestServer, authorization: &str) -> String {
    let header = if authorization.is_empty() { String::new() } else { format!("Authorization: {authorization}\r\n") };
    http(server, "/rpc", &format!("{header}{UPGRADE}")).await
}

/// Whether the server lets in whoever shows this.
async fn lets_in(server: &TestServer, authorization: &str) -> bool {
    let answer = knock(server, authorization).await;
    let is_upgraded = answer.starts_with("HTTP/1.1 101 ");
    assert!(is_upgraded || answer.starts_with("HTTP/1.1 401 Unauthorized\r\n"), "{answer}");
    is_upgraded
}

#[tokio::test]
async fn the_token_opens_and_nothing_else_does() {
    let hash: String = Sha256::digest(TOKEN).iter().map(|byte| format!("{byte:02X}")).collect();
    let by_hash = with(server(), &format!("--ws-auth capability-token --ws-token-sha256 {hash}"));
    for server in [guarded("ws://127.0.0.1:0").await, by_hash.start_websocket().await] {
        for good in [format!("Bearer {TOKEN}"), format!("bearer   {TOKEN} ")] {
            assert!(lets_in(&server, &good).await, "{good}");
        }
        for (bad, words) in [
            ("", "a bearer token is required"),
            ("Bearer open", "the bearer token is not valid"),
            ("Basic b3Blbg==", "the authorization header holds no bearer token"),
        ] {
            let answer = knock(&server, bad).await;
            assert!(answer.starts_with("HTTP/1.1 401 Unauthorized\r\n"), "{answer}");
            assert!(answer.contains("www-authenticate: Bearer\r\n") && answer.ends_with(words), "{answer}");
        }
        for probe in ["/readyz", "/healthz"] {
            assert!(http(&server, probe, "").await.starts_with("HTTP/1.1 200 OK\r\n"));
        }
        let from_page = format!("Origin: http://a\r\nAuthorization: Bearer {TOKEN}\r\n{UPGRADE}");
        assert!(http(&server, "/", &from_page).await.starts_with("HTTP/1.1 403 "));
        let named = format!("GET / HTTP/1.1\r\nHost: my.example\r\nAuthorization: Bearer {TOKEN}\r\n{UPGRADE}\r\n");
        assert!(super::websocket::http_raw(&server, &named).await.starts_with("HTTP/1.1 101 "));
        let connection = websocket::connect_with_token(server.url().unwrap(), Some(TOKEN)).await.unwrap();
        let (client, _notices, _) = Client::connect(connection, ClientOptions::new("it", "1")).await.unwrap();
        client.close().await.unwrap();
        let refused = websocket::connect(server.url().unwrap()).await.unwrap_err().to_string();
        assert!(refused.contains("401 Unauthorized"), "{refused}");
        server.finish().await;
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn signed(algorithm: &str, claims: &Value, secret: &str) -> String {
    let [header, claims] =
        [&json!({"alg": algorithm}), claims].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.to_string()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{header}.{claims}").as_bytes());
    format!("Bearer {header}.{claims}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

#[tokio::test]
async fn signed_tokens_are_held_to_what_was_asked() {
    let builder = server().home(home(&[("secret", &format!(" {SECRET}\n"))]));
    let flags = "--ws-auth signed-bearer-token --ws-shared-secret-file secret --ws-issuer me --ws-audience you \
                 --ws-max-clock-skew-seconds 100";
    let server = with(builder, flags).start_websocket().await;
    let of = |exp: u64, iss: &str, aud: Value| json!({"exp": exp, "iss": iss, "aud": aud});
    let good = of(now() + 60, "me", json!("you"));
    assert!(lets_in(&server, &signed("HS256", &good, SECRET)).await);
    assert!(lets_in(&server, &signed("HS256", &of(now() - 50, "me", json!(["x", "you"])), SECRET)).await);
    let unsigned = signed("none", &good, SECRET);
    for bad in [
        "Bearer a.b.c".to_owned(),
        unsigned[..=unsigned.rfind('.').unwrap()].to_owned(),
        unsigned,
        signed("HS512", &good, SECRET),
        signed("HS256", &good, "another secret of at least 32 bytes"),
        signed("HS256", &of(now() - 200, "me", json!("you")), SECRET),
        signed("HS256", &of(now() + 60, "other", json!("you")), SECRET),
        signed("HS256", &of(now() + 60, "me", json!("other")), SECRET),
        signed("HS256", &json!({"exp": now() + 60, "iss": "me"}), SECRET),
        signed("HS256", &json!({"iss": "me", "aud": "you"}), SECRET),
        signed("HS256", &json!({"exp": now() + 900, "nbf": now() + 500, "iss": "me", "aud": "you"}), SECRET),
    ] {
        assert!(!lets_in(&server, &bad).await, "{bad}");
    }
    assert!(knock(&server, &signed("HS256", &of(1, "me", json!("you")), SECRET)).await.ends_with("has expired"));
    server.finish().await;
}

#[tokio::test]
async fn with_a_token_everybody_may_be_listened_for() {
    let server = guarded("ws://0.0.0.0:0").await;
    assert!(lets_in(&server, &format!("Bearer {TOKEN}")).await);
    assert!(!lets_in(&server, "").await);
    server.finish().await;
}

#[tokio::test]
async fn secrets_are_never_told() {
    let signing = with(
        server().home(home(&[("secret", SECRET)])),
        "--ws-auth signed-bearer-token --ws-shared-secret-file secret",
    );
    let token = with(server().home(home(&[("token", TOKEN)])), "--ws-auth capability-token --ws-token-file token");
    let jwt = signed("HS256", &json!({"exp": now() + 60}), SECRET);
    for (builder, good) in [(token, format!("Bearer {TOKEN}")), (signing, jwt.clone())] {
        let server = builder.env("RUST_LOG", "trace").start_websocket().await;
        assert!(lets_in(&server, &good).await);
        assert!(!lets_in(&server, "Bearer a-wrong-guess.a-wrong-guess.a-wrong-guess").await);
        assert!(!lets_in(&server, "Basic a-wrong-guess").await);
        // What was written before this answer is there now.
        let mut server = server;
        server.signal("TERM");
        server.wait().await;
        let told = server.stderr();
        assert!(told.contains("listening on: "), "{told}");
        let signature = jwt.rsplit_once('.').unwrap().1;
        for secret in [TOKEN, SECRET, "a-wrong-guess", signature] {
            assert!(!told.contains(secret), "{told}");
        }
    }
}

#[tokio::test]
async fn flags_that_do_not_go_together_are_named() {
    let hash = "ab".repeat(32);
    let folder = home(&[("token", TOKEN), ("empty", " \n"), ("short", &SECRET[1..]), ("secret", SECRET)]);
    let file = |name: &str| -> PathBuf { folder.cwd().join(name) };
    let (token, empty, short, secret) = (file("token"), file("empty"), file("short"), file("secret"));
    let [token, empty, short, secret] = [&token, &empty, &short, &secret].map(|path| path.display());
    for (flags, words) in [
        (format!("--ws-token-file {token}"), "websocket auth flags require `--ws-auth`".to_owned()),
        ("--ws-max-clock-skew-seconds 1".to_owned(), "websocket auth flags require `--ws-auth`".to_owned()),
        (
            "--ws-auth capability-token".to_owned(),
            "`--ws-token-file` or `--ws-token-sha256` is required when".to_owned(),
        ),
        (
            format!("--ws-auth capability-token --ws-token-file {token} --ws-token-sha256 {hash}"),
            "`--ws-token-file` and `--ws-token-sha256` are mutually exclusive".to_owned(),
        ),
        (
            "--ws-auth capability-token --ws-token-sha256 abc".to_owned(),
            "`--ws-token-sha256` must be a SHA-256 of 64 hex digits".to_owned(),
        ),
        (
            "--ws-auth capability-token --ws-token-file /no/such".to_owned(),
            "failed to read websocket auth secret /no/such: ".to_owned(),
        ),
        (
            format!("--ws-auth capability-token --ws-token-file {empty}"),
            format!("websocket auth secret {empty} must not be empty"),
        ),
        (
            format!("--ws-auth capability-token --ws-token-file {token} --ws-issuer me"),
            "`--ws-shared-secret-file`, `--ws-issuer`, `--ws-audience`".to_owned(),
        ),
        ("--ws-auth signed-bearer-token".to_owned(), "`--ws-shared-secret-file` is required when".to_owned()),
        (
            format!("--ws-auth signed-bearer-token --ws-shared-secret-file {short}"),
            format!("the shared secret in {short} must have at least 32 bytes"),
        ),
        (
            format!("--ws-auth signed-bearer-token --ws-shared-secret-file {secret} --ws-token-file {token}"),
            "`--ws-token-file` and `--ws-token-sha256` require `--ws-auth capability-token`".to_owned(),
        ),
    ] {
        for listen in ["ws://127.0.0.1:0", "stdio://", "unix://"] {
            let builder = with(server().arg("--listen").arg(listen), &flags);
            let output = run(builder.command()).await;
            let told = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{flags}: {told}");
            assert!(told.starts_with(&format!("Error: {words}")), "{flags}: {told}");
            assert_eq!(told.lines().count(), 1, "{told}");
            assert!(!told.contains(TOKEN) && !told.contains(&SECRET[1..]), "{told}");
        }
    }
}

#[tokio::test]
async fn try_shows_the_token() {
    let model = ModelEndpoint::start().await;
    model.say("Welcome");
    let home = home(&[("token", TOKEN), ("wrong", "wrong")]);
    let [token, wrong] = ["token", "wrong"].map(|name| home.cwd().join(name).to_str().unwrap().to_owned());
    let builder = with(server().home(home), "--ws-auth capability-token --ws-token-file token");
    let server = builder.model(&model).start_websocket().await;
    let url = server.url().unwrap();
    let (output, _) = trying(super::server(), &["--connect", url, "--token-file", &token, "Hi"]).await;
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "Welcome\n"), "{}", text(&output.stderr));
    let (output, _) = trying(super::server(), &["--connect", url, "--token-file", &wrong, "Hi"]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("401 Unauthorized"), "{}", text(&output.stderr));
    server.finish().await;
}
