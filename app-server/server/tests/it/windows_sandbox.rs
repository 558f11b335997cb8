//! `windowsSandbox/*` on systems that are not Windows.

use serde_json::json;

use super::server;

#[tokio::test]
async fn a_setup_is_accepted_and_fails() {
    let mut server = server().start().await;
    let client = server.client().await;
    assert_eq!(client.call("windowsSandbox/readiness", json!(null)).await, json!({"status": "notConfigured"}));
    for (mode, kind) in [("elevated", "elevated"), ("unelevated", "legacy")] {
        let started = client.call("windowsSandbox/setupStart", json!({ "mode": mode })).await;
        assert_eq!(started, json!({"started": true}));
        let completed = client.note("windowsSandbox/setupCompleted").await;
        let error = format!("{kind} Windows sandbox setup is only supported on Windows");
        assert_eq!(completed, json!({"mode": mode, "success": false, "error": error}));
    }
    let _ = client.finish().await;
    server.finish().await;
}
