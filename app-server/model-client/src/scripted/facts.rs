//! What a script may know of a request.

use serde::Deserialize;
use serde_json::Value;

use super::script::Answer;
use crate::json::Text;
use crate::request::ModelRequest;

/// What a script may know of a request.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The last thing the user said.
    pub(super) input: String,
    /// What the last tool brought.
    pub(super) output: String,
    /// What of it a command printed; all of it where no command is told of.
    pub(super) printed: String,
    /// What the command ended with; `None` while it runs, when it never ran and for other tools.
    pub(super) exit: Option<i32>,
    /// The request brings a tool's output and no word of the user after it.
    pub(super) follows_tool: bool,
    /// How many items of the history the model has made: new ids go on from there.
    pub(super) made: usize,
    /// The input's length in bytes.
    pub(super) bytes: usize,
}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow, default)]
    role: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Body {
    content: Value,
    output: Value,
}

impl Facts {
    pub(super) fn of(request: &ModelRequest) -> Self {
        let mut facts = Self::default();
        let (mut user, mut tool) = (None, None);
        for (index, raw) in request.input.iter().enumerate() {
            facts.bytes += raw.get().len();
            let Ok(head) = serde_json::from_str::<Head<'_>>(raw.get()) else { continue };
            match (head.kind.as_str(), head.role.as_str()) {
                ("message" | "", "user") => user = Some(index),
                ("message" | "", "assistant") | ("reasoning", _) => facts.made += 1,
                (kind, _) if kind.ends_with("_call") => facts.made += 1,
                (kind, _) if kind.ends_with("_output") => tool = Some(index),
                _ => {}
            }
        }
        let body = |index: usize| serde_json::from_str::<Body>(request.input[index].get()).unwrap_or_default();
        if let Some(index) = user {
            facts.input = texts(&body(index).content);
        }
        if let Some(index) = tool {
            facts.output = texts(&body(index).output);
            (facts.exit, facts.printed) = result_of(&facts.output);
        }
        facts.follows_tool = tool > user;
        facts
    }

    /// Whether the conditions of an answer in a `then` hold.
    pub(super) fn fit(&self, answer: &Answer) -> bool {
        let holds = |text: &String| self.output.to_lowercase().contains(&text.to_lowercase());
        answer.when.as_ref().is_none_or(holds) && answer.exit.is_none_or(|code| self.exit == Some(code))
    }

    /// Replaces the placeholders of a text.
    pub(super) fn fill(&self, text: &str, model: &str) -> String {
        if !text.contains("{{") {
            return text.to_owned();
        }
        let mut filled = String::with_capacity(text.len() + self.input.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            let name = after.split_once("}}");
            match name.map(|(name, _)| name.trim()) {
                Some("input") => filled.push_str(&self.input),
                Some("topic") => filled.push_str(&topic(&self.input)),
                Some("words") => filled.push_str(&self.input.split_whitespace().count().to_string()),
                Some("output") => filled.push_str(&self.output),
                Some("printed") => filled.push_str(&self.printed),
                Some("exit") => filled.extend(self.exit.map(|code| code.to_string())),
                Some("model") => filled.push_str(model),
                // What we do not know stays as it is.
                _ => {
                    filled.push_str("{{");
                    rest = after;
                    continue;
                }
            }
            rest = name.map(|(_, rest)| rest).unwrap_or_default();
        }
        filled.push_str(rest);
        filled
    }
}

/// Takes apart what a tool for commands or patches brings: a head that tells the exit code, the line `Output:`, and what was
/// printed. Of a patch that came as a command, that is again a head with the code and what was printed.
fn result_of(output: &str) -> (Option<i32>, String) {
    const CODE: [&str; 2] = ["Process exited with code ", "Exit code: "];
    let Some((head, printed)) =
        output.split_once("Output:\n").filter(|(head, _)| head.is_empty() || head.ends_with('\n'))
    else {
        return (None, output.trim_end().to_owned());
    };
    let code = |line: &str| CODE.iter().find_map(|words| line.strip_prefix(words)?.parse().ok());
    let exit = head.lines().find_map(code);
    let runs = head.lines().any(|line| line.starts_with("Process running "));
    match exit {
        None if !runs && printed.starts_with(CODE[1]) => result_of(printed),
        _ => (exit, printed.trim_end().to_owned()),
    }
}

/// The first line with something in it, at most 80 characters of it.
fn topic(input: &str) -> String {
    const LONGEST: usize = 80;
    let line = input.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}...", line[..cut].trim_end()),
        None => line.to_owned(),
    }
}

fn texts(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().filter_map(|part| part["text"].as_str()).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}
