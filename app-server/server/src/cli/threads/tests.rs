//! Threads with hostile texts, in every form.

use codex_app_server_protocol::v2::Thread;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::document::{self, Document, printed};
use super::{html, markdown};
use crate::cli::show::Screen;
use crate::cli::show::tests::Written;

/// HTML, Markdown, a terminal's sequences, a mark that turns text round, wide characters.
const HOSTILE: &str = "</pre><script>alert('1')</script> ```` \x1b[2J\u{202e}日本👩\u{200d}💻 & \"q\"";

fn thread(items: Value) -> Thread {
    let mut turns = json!([{
        "id": "t1", "items": items, "status": "completed", "error": null, "startedAt": 1_772_600_767, "completedAt": null,
        "durationMs": 1500,
    }]);
    for item in turns[0]["items"].as_array_mut().unwrap() {
        item["startedAtMs"] = json!(null);
        item["completedAtMs"] = json!(null);
    }
    serde_json::from_value(json!({
        "id": "019cb77e-a0e0-7000-8000-000000000001", "sessionId": "s", "preview": HOSTILE, "ephemeral": false,
        "modelProvider": "p", "model": HOSTILE, "createdAt": 1_772_600_767, "updatedAt": 1_772_600_767,
        "status": {"type": "notLoaded"}, "cwd": "/here", "cliVersion": "1", "source": "cli", "turns": turns,
        "gitInfo": {"sha": "0123456789abcdef", "branch": HOSTILE, "originUrl": null}, "extra": null,
    }))
    .unwrap()
}

fn said(kind: &str, text: &str) -> Value {
    match kind {
        "userMessage" => {
            json!({"type": kind, "id": "i", "clientId": null, "content": [{"type": "text", "text": text}]})
        }
        _ => json!({"type": kind, "id": "i", "text": text}),
    }
}

fn command(script: &str, output: &str, code: i32) -> Value {
    json!({
        "type": "commandExecution", "id": "i", "command": shlex::try_join(["bash", "-lc", script]).unwrap(), "cwd": "/here",
        "processId": null, "status": if code == 0 { "completed" } else { "failed" }, "commandActions": [],
        "aggregatedOutput": output, "exitCode": code, "durationMs": 20,
    })
}

fn patch(path: &str, content: &str) -> Value {
    let changes = json!([
        {"path": path, "kind": {"type": "add"}, "diff": content},
        {"path": "/here/b", "kind": {"type": "update", "move_path": null}, "diff": "@@ -1 +1 @@\n-old <i>\n+new <i>\n"},
    ]);
    json!({"type": "fileChange", "id": "i", "changes": changes, "status": "completed"})
}

fn call(text: &str) -> Value {
    json!({
        "type": "mcpToolCall", "id": "i", "server": "s", "tool": text, "status": "completed",
        "arguments": {"key": text}, "appContext": null, "mcpAppUi": null, "pluginId": null, "readOnlyHint": null,
        "result": {"content": [{"type": "text", "text": text}, {"type": "image"}]}, "error": null, "durationMs": null,
    })
}

/// Every kind of block with this text wherever text may be.
fn everywhere(text: &str) -> Thread {
    thread(json!([
        said("userMessage", text),
        said("agentMessage", text),
        said("plan", text),
        {"type": "reasoning", "id": "i", "summary": [text], "content": []},
        command(text, text, 1),
        patch(&format!("/here/{text}"), text),
        call(text),
        {"type": "dynamicToolCall", "id": "i", "namespace": null, "tool": text, "arguments": text, "status": "failed",
         "contentItems": [{"type": "inputText", "text": text}], "success": false, "durationMs": null},
        {"type": "functionCallOutput", "id": "i", "name": text, "namespace": null, "output": text},
        {"type": "hookPrompt", "id": "i", "fragments": [{"text": text, "hookRunId": "h"}]},
        {"type": "collabAgentToolCall", "id": "i", "tool": "spawnAgent", "status": "failed", "senderThreadId": "s",
         "receiverThreadIds": [text], "prompt": text, "model": null, "reasoningEffort": null, "agentsStates": {}},
        {"type": "subAgentActivity", "id": "i", "model": null, "reasoningEffort": null, "kind": "started",
         "agentThreadId": "a", "agentPath": text},
        {"type": "webSearch", "id": "i", "query": text, "action": null},
        {"type": "imageView", "id": "i", "path": format!("/here/{text}")},
        {"type": "enteredReviewMode", "id": "i", "review": text},
        {"type": "exitedReviewMode", "id": "i", "review": text},
        {"type": "contextCompaction", "id": "i"},
    ]))
}

fn document(thread: &Thread) -> Document {
    Document::of(thread, &TimeZone::UTC)
}

fn page(items: Value) -> String {
    html::page(&document(&thread(items)))
}

fn text(items: Value) -> String {
    markdown::text(&document(&thread(items)))
}

#[test]
fn nothing_of_a_thread_is_html_in_its_page() {
    let page = html::page(&document(&everywhere(HOSTILE)));
    assert!(page.matches("&lt;script&gt;").count() >= 28, "{page}");
    assert_eq!(page.matches("<script").count(), 0);
    assert!(!page.contains('\x1b') && !page.contains('\u{202e}'));
    assert_eq!(page.matches("<pre").count(), page.matches("</pre>").count());
    assert_eq!(page.matches("<details").count(), page.matches("</details>").count());
    assert_eq!(page.matches("<section").count(), 1);
    // What is read stays whole; in commands and output even what joins emojis is seen.
    assert!(page.contains("日本👩\u{200d}💻") && page.contains("日本👩\\u{200d}💻"));
}

#[test]
fn a_page_loads_and_runs_nothing() {
    let items = json!([said("agentMessage", "![x](http://e.org/x.png) [y](javascript:z) <img src=x onerror=y>")]);
    let page = page(items);
    assert!(page.contains("default-src 'none'"));
    for tag in ["<img", "<link", "<iframe", "<object", "href=\"javascript", "url(", "@import"] {
        assert!(!page.contains(tag), "{tag}: {page}");
    }
}

#[test]
fn long_output_is_folded_and_whole() {
    let output: String = (1..=3000).map(|number| format!("line {number}\n")).collect();
    let page = page(json!([command("seq", &output, 0)]));
    let summary = "<details class=\"step\"><summary><code>$ seq</code> <span class=\"outcome\">exit 0, 20ms</span> \
                   <span class=\"size\">3000 lines</span></summary>\n<pre>\nline 1\nline 2\n";
    assert!(page.contains(summary), "{}", &page[..4000]);
    assert!(page.contains("\nline 3000</pre>"));
}

#[test]
fn lines_of_a_diff_are_told_apart_and_a_long_one_is_folded() {
    let short = page(json!([patch("/here/a", "one\n")]));
    for part in [
        "<details class=\"step\" open><summary><span class=\"outcome\">2 files changed</span>",
        "<b>--- /dev/null</b>\n<b>+++ b/a</b>\n<ins>+one</ins>\n",
        "<i>@@ -1 +1 @@</i>\n<del>-old &lt;i&gt;</del>\n<ins>+new &lt;i&gt;</ins>\n",
    ] {
        assert!(short.contains(part), "{part}: {short}");
    }
    let long = page(json!([patch("/here/a", &"x\n".repeat(100))]));
    assert!(long.contains("<details class=\"step\"><summary><span class=\"outcome\">2 files changed"), "{long}");
}

#[test]
fn what_failed_is_marked() {
    let page = page(json!([command("false", "", 1)]));
    assert!(
        page.contains("<div class=\"step\"><code>$ false</code> <span class=\"outcome failed\">exit 1, 20ms</span>")
    );
}

#[test]
fn fences_hold_whatever_is_in_them() {
    let text = text(json!([command("cat", "```\n`````\n# no heading\n", 0)]));
    assert!(text.contains("\n``````console\n$ cat\n```\n`````\n# no heading\n``````\n\n*exit 0, 20ms*\n"), "{text}");
}

#[test]
fn markdown_of_a_thread_is_ours_around_its_texts() {
    let hostile = format!("{HOSTILE}\n<!--\n```open");
    let text = markdown::text(&document(&everywhere(&hostile)));
    let mut page = String::new();
    pulldown_cmark::html::push_html(&mut page, pulldown_cmark::Parser::new(&text));
    // Of all HTML only our own two tags came through.
    assert_eq!(page.matches("<script").count() + page.matches("<!--").count(), 0, "{page}");
    assert_eq!(page.matches("<details>").count(), 1);
    // Nothing has swallowed the end.
    assert!(
        page.contains("<em>the history was replaced by a summary</em>")
            && page.ends_with("<p><em>done after 1.50s</em></p>\n"),
        "{page}"
    );
    assert!(!text.contains('\x1b') && !text.contains('\u{202e}'));
}

#[test]
fn a_prompt_is_quoted_and_an_answer_is_not() {
    let text = text(json!([said("userMessage", "a\r\n\nb *c*"), said("agentMessage", "## H\n\n- x\n")]));
    assert!(
        text.contains("\n## Turn 1, 2026-03-04 05:06\n\n> a\n>\n> b *c*\n\n## H\n\n- x\n\n*done after 1.50s*\n"),
        "{text}"
    );
}

#[test]
fn what_draws_on_a_terminal_is_no_output() {
    for (output, expected) in [
        ("\x1b[1;31merror\x1b[0m: x\n", "error: x"),
        ("\x1b]0;title\x07a\x1b]8;;http://e\x1b\\b\x1b]8;;\x1b\\", "ab"),
        ("10%\r20%\r\ndone", "10%\n20%\ndone"),
        ("\x1b]0;open\nkept", "\\u{1b}]0;open\nkept"),
        ("a\x1b[", "a\\u{1b}["),
        ("\x1b", "\\u{1b}"),
        ("\x1b[3日", "\\u{1b}[3日"),
        ("\x1bcx\x08", "\\u{1b}cx\\u{8}"),
    ] {
        assert_eq!(printed(output), expected, "{output:?}");
    }
    let many = "\x1b]".repeat(10_000);
    assert!(printed(&many).starts_with("\\u{1b}]\\u{1b}]"));
}

#[test]
fn a_terminal_shows_what_was_shown_while_it_ran() {
    let written = Written::default();
    let mut screen = Screen::new(true, written.stream(true, false), written.stream(true, false));
    let thread = thread(json!([
        said("userMessage", "do\x1b[2J\nit"),
        {"type": "reasoning", "id": "i", "summary": ["think"], "content": []},
        command("ls", "a\nb\n", 0),
        command("false", "", 1),
        patch("/here/a", "one\n"),
        said("agentMessage", "done\u{202e}"),
    ]));
    screen.replay(&document::facts(&thread, &TimeZone::UTC)[..1], &thread);
    let expected = "thread: 019cb77e-a0e0-7000-8000-000000000001\n\n> do\\u{1b}[2J\n  it\nthink\n\
                    $ ls\n  a\n  b\n[exit 0, 20ms]\n$ false\n[exit 1, 20ms]\n\
                    --- /dev/null\n+++ b/a\n+one\n--- a/b\n+++ b/b\n@@ -1 +1 @@\n-old <i>\n+new <i>\n[2 files changed]\n\
                    done\\u{202e}\n[done after 1.50s]\n";
    assert_eq!(written.text(), expected);
}

#[test]
fn moments_are_told_with_their_zone() {
    let thread = thread(json!([]));
    let facts = document::facts(&thread, &TimeZone::fixed(jiff::tz::offset(9)));
    assert!(facts.contains(&("created", "2026-03-04 14:06 +09:00".to_owned())), "{facts:?}");
    assert!(facts.contains(&("commit", "0123456789ab".to_owned())), "{facts:?}");
}

#[test]
fn a_thread_is_titled_by_its_name_or_its_first_words() {
    let mut thread = thread(json!([]));
    thread.preview = "\n  first\tline\nsecond".to_owned();
    assert_eq!(document::title(&thread), "first line");
    thread.name = Some("Named".to_owned());
    assert_eq!(document::title(&thread), "Named");
    (thread.name, thread.preview) = (Some(" ".to_owned()), String::new());
    assert_eq!(document::title(&thread), format!("Thread {}", thread.id));
}
