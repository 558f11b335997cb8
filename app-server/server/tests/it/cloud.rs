//! The managed configuration of a workspace, from the backend through the cache to what clients see.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use codex_app_server_test_support::ServerBuilder;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::raw::{INITIALIZE, Raw};
use super::server;

/// A backend that gives one answer to everything; it ends with the test.
struct Backend {
    url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    status: u16,
    body: String,
    /// The lines of each request's head, names in lower case.
    requests: Vec<Vec<String>>,
}

impl Backend {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/backend-api/", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let backend = Self { url, state: Arc::clone(&state) };
        backend.answers(500, &json!({}));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&state)));
            }
        });
        backend
    }

    fn answers(&self, status: u16, body: &Value) {
        let mut state = self.state.lock().unwrap();
        (state.status, state.body) = (status, body.to_string());
    }

    /// Answers with a fragment that names this model.
    fn manages(&self, model: &str) {
        let contents = format!("model = \"{model}\"\nlog_dir = \"logs\"\n");
        let fragment = json!({"id": "f1", "name": "Everyone", "contents": contents});
        self.answers(200, &json!({"config_toml": {"enterprise_managed": [fragment]}}));
    }

    fn requests(&self) -> Vec<Vec<String>> {
        self.state.lock().unwrap().requests.clone()
    }
}

async fn answer(stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut head = Vec::new();
    while let Some(line) = lines.next_line().await?.filter(|line| !line.is_empty()) {
        head.push(line);
    }
    let response = {
        let mut state = state.lock().unwrap();
        state.requests.push(head);
        let State { status, body, .. } = &*state;
        format!("HTTP/1.1 {status} x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    writer.write_all(response.as_bytes()).await
}

/// The auth.json of a ChatGPT login with this plan.
fn login(plan: &str) -> String {
    let claims = json!({"chatgpt_plan_type": plan, "chatgpt_user_id": "user-1"});
    let payload = URL_SAFE_NO_PAD.encode(json!({"https://api.openai.com/auth": claims}).to_string());
    let tokens = json!({
        "id_token": format!("e30.{payload}.c2ln"), "access_token": "sesame", "refresh_token": "sesame-2",
        "account_id": "acct-1"});
    json!({"auth_mode": "chatgpt", "OPENAI_API_KEY": null, "tokens": tokens}).to_string()
}

/// A server for a login with this plan, on this backend.
fn managed(backend: &Backend, plan: &str) -> ServerBuilder {
    server().file("auth.json", &login(plan)).arg("-c").arg(format!("chatgpt_base_url={}", backend.url))
}

/// Starts the server once; what config/read answers.
async fn read(builder: &ServerBuilder) -> Value {
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    raw.answer().await;
    raw.send(r#"{"id":1,"method":"config/read","params":{"includeLayers":true}}"#).await;
    let answer = raw.answer().await["result"].clone();
    assert_eq!(raw.end().await.code(), Some(0));
    answer
}

/// The folder that is CODEX_HOME of a server not yet started.
fn codex_home(builder: &ServerBuilder) -> std::path::PathBuf {
    let command = builder.command();
    let (_, home) = command.as_std().get_envs().find(|(name, _)| *name == "CODEX_HOME").unwrap();
    home.unwrap().into()
}

#[tokio::test]
async fn a_workspace_manages_the_configuration_and_is_asked_once_an_hour() {
    let backend = Backend::start().await;
    backend.manages("corp-1");
    let builder = managed(&backend, "enterprise");
    let home = codex_home(&builder);
    let answer = read(&builder).await;
    assert_eq!(answer["config"]["model"], "corp-1");
    let layers = answer["layers"].as_array().unwrap();
    let fragment = layers.iter().find(|layer| layer["name"]["type"] == "enterpriseManaged").unwrap();
    assert_eq!(fragment["name"], json!({"type": "enterpriseManaged", "id": "f1", "name": "Everyone"}));
    assert_eq!(fragment["config"]["log_dir"], home.join("logs").to_str().unwrap());
    let requests = backend.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0][0], "GET /backend-api/wham/config/bundle HTTP/1.1");
    for header in ["authorization: Bearer sesame", "chatgpt-account-id: acct-1", "user-agent: codex_cli_rs/"] {
        assert!(requests[0].iter().any(|line| line.starts_with(header)), "{header}: {requests:?}");
    }

    // The cache holds, whatever the backend would say.
    backend.answers(500, &json!({}));
    assert_eq!(read(&builder).await["config"]["model"], "corp-1");
    assert_eq!(backend.requests().len(), 1);

    backend.manages("corp-2");
    let cache = home.join("cloud-config-bundle-cache.json");
    let kept = std::fs::read_to_string(&cache).unwrap();
    std::fs::write(&cache, kept.replace("corp-1", "mine-1")).unwrap();
    assert_eq!(read(&builder).await["config"]["model"], "corp-2");
    assert_eq!(backend.requests().len(), 2);
}

#[tokio::test]
async fn without_the_managed_configuration_nothing_is_loaded() {
    for (status, body, asked, reason) in [
        (503, json!({}), 5, "5 attempts failed, the last one so: http://127.0.0.1:"),
        (401, json!({}), 1, "this server cannot renew ChatGPT tokens yet"),
        (
            200,
            json!({"requirements_toml": {"enterprise_managed": [{"id": "r", "name": "R", "contents": "a = = 1"}]}}),
            1,
            "enterprise-managed (R, r):1:5: ",
        ),
    ] {
        let backend = Backend::start().await;
        backend.answers(status, &body);
        let builder = managed(&backend, "edu");
        let home = codex_home(&builder);
        let mut server = builder.start().await;
        let client = server.client().await;
        let warning = client.note("configWarning").await;
        let details = warning["details"].as_str().unwrap();
        let start = "the managed configuration of the workspace could not be loaded: ";
        assert!(details.starts_with(start) && details.contains(reason), "{details}");
        for (method, code) in [("config/read", -32603), ("thread/start", -32600)] {
            let error = client.call_refused(method, json!({})).await;
            assert!(error.code == code && error.message.contains(start), "{error:?}");
        }
        client.ignore_rest();
        drop(client);
        assert!(!server.stderr().contains("sesame"));
        server.finish().await;
        assert_eq!(backend.requests().len(), asked);
        assert!(!home.join("cloud-config-bundle-cache.json").exists());
    }
}

#[tokio::test]
async fn other_logins_ask_nothing() {
    let backend = Backend::start().await;
    let key = json!({"auth_mode": "apikey", "OPENAI_API_KEY": "sk-made-up"}).to_string();
    for builder in [
        managed(&backend, "plus"),
        managed(&backend, "team"),
        managed(&backend, "enterprise").file("auth.json", &key),
        managed(&backend, "enterprise").file("auth.json", "{"),
    ] {
        let answer = read(&builder).await;
        let layers = answer["layers"].as_array().unwrap();
        assert!(layers.iter().all(|layer| layer["name"]["type"] != "enterpriseManaged"));
        let names: Vec<_> =
            std::fs::read_dir(codex_home(&builder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(names.iter().all(|name| !name.to_str().unwrap().contains("cloud-config")), "{names:?}");
    }
    assert_eq!(backend.requests().len(), 0);
}
