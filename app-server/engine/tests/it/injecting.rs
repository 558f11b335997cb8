//! Items that a client puts into the history.

use serde_json::{Value, json};

use crate::asked_model::Provider;

fn message(role: &str, text: &str) -> Value {
    let kind = if role == "assistant" { "output_text" } else { "input_text" };
    json!({ "type": "message", "role": role, "content": [{ "type": kind, "text": text }] })
}

#[tokio::test]
async fn injected_items_stand_where_they_were_put_and_stay() {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.inject(&client, &thread, vec![message("user", "before")]).await.unwrap();
    lab.run(&client, &thread, "one").await;
    assert_eq!(provider.said(), ["user before", "user one"]);
    lab.inject(&client, &thread, vec![message("user", "a"), message("assistant", "b")]).await.unwrap();
    lab.run(&client, &thread, "two").await;
    let expected = ["user before", "user one", "assistant ok", "user a", "assistant b", "user two"];
    assert_eq!(provider.said(), expected);
    let whole = provider.input();
    let lab = lab.restarted().await;
    let client = lab.client();
    lab.resume(&client, &thread, true).await.unwrap();
    lab.run(&client, &thread, "three").await;
    assert_eq!(provider.input()[..whole.len()], whole);
    assert_eq!(provider.said()[expected.len()..], ["assistant ok", "user three"]);
    assert_eq!(lab.read(&client, &thread, true).await.unwrap().thread.turns.len(), 3, "items are no turns");
}

#[tokio::test]
async fn nothing_cannot_be_injected() {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let error = lab.inject(&client, &thread, Vec::new()).await.unwrap_err();
    assert_eq!(error.to_string(), "items must not be empty");
}
