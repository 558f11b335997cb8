//! Tools that the client brings to a thread and carries out itself.

use codex_app_server_client::websocket;
use codex_app_server_test_support::model::events;
use codex_app_server_test_support::transcript::Redactions;
use codex_app_server_test_support::{ModelEndpoint, Reply, TestClient};
use serde_json::{Value, json};

use super::reconnect::{OnPort, free};
use super::server;

async fn client_at(url: &str) -> TestClient {
    let client = TestClient::new(websocket::connect(url).await.unwrap(), Redactions::default());
    client.initialize().await;
    client
}

fn tool(name: &str) -> Value {
    let schema = json!({"type": "object", "properties": {"key": {"type": "string"}}, "required": ["key"]});
    json!({"type": "function", "name": name, "description": "Looks something up", "inputSchema": schema})
}

fn lookup(call: &str) -> Reply {
    Reply::turn().call(call, "lookup", &json!({"key": "k"}))
}

/// The tools of the client, as the latest request tells the model of them.
fn offered(model: &ModelEndpoint) -> Vec<Value> {
    let requests = model.requests();
    let tools = requests.last().unwrap().body["tools"].as_array().unwrap();
    tools.iter().filter(|tool| tool["name"] == "lookup" || tool["name"] == "crm").cloned().collect()
}

/// What the latest request tells the model of a call.
fn output(model: &ModelEndpoint, call: &str) -> Value {
    let requests = model.requests();
    let input = requests.last().unwrap().body["input"].as_array().unwrap();
    let answer = input.iter().rfind(|item| item["call_id"] == *call && item["type"] == "function_call_output");
    answer.unwrap_or_else(|| panic!("no answer to {call}"))["output"].clone()
}

fn text(text: &str) -> Value {
    json!({"type": "inputText", "text": text})
}

#[tokio::test]
async fn a_tool_of_the_client_is_called_by_the_model_and_stays_with_its_thread() {
    let model = ModelEndpoint::start().await;
    let builder = server().model(&model);
    let url = free().await;
    let running = OnPort::start(&builder, &url).await;
    let (client, other) = (client_at(&url).await, client_at(&url).await);
    let namespace = json!({"type": "namespace", "name": "crm", "description": "Customers", "tools": [tool("find")]});
    let thread = client.start_thread(json!({"dynamicTools": [tool("lookup"), namespace]})).await;
    let find = json!({"type": "function_call", "id": "fc_2", "call_id": "call_2", "namespace": "crm", "name": "find",
        "arguments": "{}"});
    model.push(lookup("call_1").event(&events::item_done(find)));
    model.say("Done");
    let turn = client.start_turn(&thread, "Go").await;
    let mut asked = [client.asked("item/tool/call").await, client.asked("item/tool/call").await];
    asked.sort_by_key(|ask| ask.params["callId"].to_string());
    let [first, second] = asked;
    assert_eq!(
        first.params,
        json!({"threadId": thread, "turnId": turn, "callId": "call_1", "namespace": null, "tool": "lookup",
            "arguments": {"key": "k"}})
    );
    assert_eq!((&second.params["namespace"], &second.params["tool"]), (&json!("crm"), &json!("find")));
    // Who comes later is asked as well, under the same ids; whoever answers first has answered.
    other.call("thread/resume", json!({"threadId": thread})).await;
    let again = [other.asked("item/tool/call").await, other.asked("item/tool/call").await];
    assert!(again.iter().any(|ask| ask.id == first.id) && again.iter().any(|ask| ask.id == second.id));
    other.reply(&second, json!({"contentItems": [text("found")], "success": true})).await;
    client.reply(&first, json!({"contentItems": [text("nothing")], "success": false})).await;
    let told = client.until("turn/completed").await;
    let done = |call: &str| {
        let is_it =
            |message: &&Value| message["method"] == "item/completed" && message["params"]["item"]["id"] == *call;
        told.iter().find(is_it).unwrap()["params"]["item"].clone()
    };
    assert_eq!((&done("call_1")["status"], &done("call_1")["success"]), (&json!("failed"), &json!(false)));
    assert_eq!(
        (&done("call_2")["status"], &done("call_2")["contentItems"]),
        (&json!("completed"), &json!([text("found")]))
    );
    assert!(told.iter().all(|message| message["method"] != "serverRequest/resolved"), "nobody is told of tools' work");
    assert_eq!((output(&model, "call_1"), output(&model, "call_2")), (json!("nothing"), json!("found")));
    let parameters = tool("lookup")["inputSchema"].clone();
    let expected = json!({"type": "function", "name": "lookup", "description": "Looks something up", "strict": false,
        "parameters": parameters});
    let first_offer = offered(&model);
    assert_eq!((&first_offer[0], first_offer[1]["tools"][0]["name"].as_str()), (&expected, Some("find")));

    // The tools and the calls are there after a restart, and in a fork.
    client.ignore_rest();
    other.ignore_rest();
    drop((client, other));
    running.kill().await;
    let running = OnPort::start(&builder, &url).await;
    let client = client_at(&url).await;
    let read = client.call("thread/resume", json!({"threadId": thread})).await;
    let kept = read["thread"]["turns"][0]["items"].as_array().unwrap().clone();
    let call = kept.iter().find(|item| item["id"] == "call_2").unwrap();
    assert_eq!(
        (&call["type"], &call["tool"], &call["contentItems"]),
        (&json!("dynamicToolCall"), &json!("find"), &json!([text("found")]))
    );
    model.say("Again");
    client.run_turn(&thread, "Again").await;
    assert_eq!(offered(&model), first_offer);
    let fork = client.call("thread/fork", json!({"threadId": thread})).await;
    model.say("Forked");
    client.run_turn(fork["thread"]["id"].as_str().unwrap(), "Again").await;
    assert_eq!(offered(&model), first_offer);
    client.ignore_rest();
    drop(client);
    running.kill().await;
}

#[tokio::test]
async fn every_answer_reaches_the_model_in_a_form_that_it_can_read() {
    const PNG: &str = "data:image/png;base64,iVBORw0KGgo=";
    let model = ModelEndpoint::start().await;
    let mut running = server().model(&model).start().await;
    let client = running.client().await;
    let thread = client.start_thread(json!({"dynamicTools": [tool("lookup")]})).await;
    let note = |text: &str| json!({"type": "input_text", "text": text});
    let image = |url: &str| json!({"type": "inputImage", "imageUrl": url});
    let answers = [
        (json!({"contentItems": [text("one")], "success": true}), json!("one"), "completed"),
        (json!({"contentItems": [], "success": true}), json!([]), "completed"),
        (
            json!({"contentItems": [text("one"), text("two")], "success": true}),
            json!([note("one"), note("two")]),
            "completed",
        ),
        (
            json!({"contentItems": [image(PNG), image("data:image/png;base64,AAAA"), {"type": "inputAudio", "audioUrl": "data:,"}],
                "success": true}),
            json!([{"type": "input_image", "image_url": PNG, "detail": "high"},
                note("image content omitted because it could not be processed"),
                note("audio content omitted because you do not support audio input")]),
            "completed",
        ),
        (json!({"contentItems": "none", "success": true}), json!("dynamic tool response was invalid"), "failed"),
        (Value::Null, json!("dynamic tool request failed"), "failed"),
    ];
    for (number, (answer, expected, status)) in answers.into_iter().enumerate() {
        let call = format!("call_{number}");
        model.push(lookup(&call));
        model.say("Done");
        client.start_turn(&thread, "Go").await;
        let ask = client.asked("item/tool/call").await;
        match answer {
            Value::Null => client.refuse(&ask, -32000, "no").await,
            answer => client.reply(&ask, answer).await,
        }
        let told = client.until("turn/completed").await;
        let is_end =
            |message: &&Value| message["method"] == "item/completed" && message["params"]["item"]["id"] == *call;
        assert_eq!(told.iter().find(is_end).unwrap()["params"]["item"]["status"], status);
        assert_eq!(output(&model, &call), expected);
    }
    model.push(Reply::turn().events(&events::call("call_x", "lookup", &json!("no object"))));
    model.say("Done");
    client.start_turn(&thread, "Go").await;
    let ask = client.asked("item/tool/call").await;
    assert_eq!(ask.params["arguments"], "no object", "what fits is the client's to say");
    client.reply(&ask, json!({"contentItems": [text("x")], "success": true})).await;
    client.until("turn/completed").await;
    client.ignore_rest();
    drop(client);
    running.finish().await;
}

#[tokio::test]
async fn an_interrupt_ends_a_call_as_failed() {
    let model = ModelEndpoint::start().await;
    let mut running = server().model(&model).start().await;
    let client = running.client().await;
    let thread = client.start_thread(json!({"dynamicTools": [tool("lookup")]})).await;
    model.push(lookup("call_1"));
    let turn = client.start_turn(&thread, "Go").await;
    let ask = client.asked("item/tool/call").await;
    client.call("turn/interrupt", json!({"threadId": thread, "turnId": turn})).await;
    let ended = client.note_where("item/completed", |params| params["item"]["id"] == "call_1").await;
    assert_eq!((&ended["item"]["status"], &ended["item"]["contentItems"]), (&json!("failed"), &json!([])));
    assert_eq!(client.note("turn/completed").await["turn"]["status"], "interrupted");
    client.reply(&ask, json!({"contentItems": [text("late")], "success": true})).await;
    model.say("Done");
    client.run_turn(&thread, "Go on").await;
    assert_eq!(output(&model, "call_1"), "dynamic tool call was cancelled before receiving a response");
    client.ignore_rest();
    drop(client);
    running.finish().await;
}

#[tokio::test]
async fn what_no_model_can_be_offered_is_refused_at_the_start() {
    let mut running = server().start().await;
    let client = running.client().await;
    for (tools, expected) in [
        (json!([tool("mcp")]), "dynamic tool name is reserved: mcp"),
        (json!([tool("lookup"), tool("lookup")]), "duplicate dynamic tool name: lookup"),
    ] {
        let error = client.call_refused("thread/start", json!({"dynamicTools": tools})).await;
        assert_eq!((error.code, error.message.as_str()), (-32600, expected));
    }
    assert_eq!(client.call("thread/loaded/list", json!({})).await["data"], json!([]));
    client.ignore_rest();
    drop(client);
    running.finish().await;
}
