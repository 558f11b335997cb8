//! What a request of the server asks a person, and what the person's lines mean.
//!
//! Nothing here waits or writes: a dialogue says what to show, takes a line and says what comes next.

use std::collections::{BTreeMap, VecDeque};

use codex_app_server_client::answer;
use codex_app_server_protocol::v2::{
    ToolRequestUserInputAnswer, ToolRequestUserInputParams, ToolRequestUserInputQuestion, ToolRequestUserInputResponse,
};
use codex_app_server_protocol::{RpcError, server_methods};
use serde_json::value::RawValue;

use crate::cli::show::visible;

/// What a request is answered with.
pub(super) type Reply = Result<Box<RawValue>, RpcError>;

/// One request on its way to an answer.
#[derive(Debug)]
pub(super) enum Dialogue {
    /// Something is to be allowed or not.
    Choice(Choice),
    /// Questions of the model.
    Questions(Questions),
}

/// Something that is allowed or not, in one of several ways.
#[derive(Debug)]
pub(super) struct Choice {
    /// What is asked, for people.
    pub(super) about: String,
    /// The same in one line.
    pub(super) short: String,
    /// The ways, in the order to show them.
    pub(super) ways: Vec<Way>,
    /// What is answered when everything is accepted.
    pub(super) accepted: Box<RawValue>,
    /// What is answered when nobody can be asked.
    pub(super) refused: Box<RawValue>,
}

/// One way to answer a choice.
#[derive(Debug)]
pub(super) struct Way {
    /// What is typed: this letter, or the word that it begins.
    pub(super) word: &'static str,
    pub(super) meaning: String,
    pub(super) result: Box<RawValue>,
}

/// What follows a line.
#[derive(Debug)]
pub(super) enum Step {
    /// The line means nothing here; this says what would.
    Again(String),
    /// There is another question.
    Next,
    /// The request is answered.
    Done(Reply),
}

impl Dialogue {
    /// What the question is about.
    pub(super) fn about(&self) -> String {
        match self {
            Self::Choice(choice) => choice.about.clone(),
            Self::Questions(questions) => questions.about(),
        }
    }

    /// What stands before the person's answer, in the same line.
    pub(super) fn prompt(&self) -> String {
        match self {
            Self::Choice(choice) => {
                let ways = choice.ways.iter().map(|way| format!("{} = {}", letter(way.word), way.meaning));
                format!("{} > ", ways.collect::<Vec<_>>().join(", "))
            }
            Self::Questions(questions) => questions.prompt(),
        }
    }

    /// Whether what is typed must not be seen.
    pub(super) fn is_hidden(&self) -> bool {
        matches!(self, Self::Questions(questions) if questions.open.front().is_some_and(|question| question.is_secret))
    }

    /// What a line means; `None`: no line can come any more.
    pub(super) fn take(&mut self, line: Option<&str>) -> Step {
        match self {
            Self::Choice(choice) => choice.take(line),
            Self::Questions(questions) => questions.take(line),
        }
    }

    /// The answer without a person, and what to tell about it.
    pub(super) fn unattended(&self, accept: bool, hint: &str) -> (Reply, String) {
        match self {
            Self::Choice(choice) if accept => (Ok(choice.accepted.clone()), format!("accepted: {}", choice.short)),
            Self::Choice(choice) => {
                (Ok(choice.refused.clone()), format!("declined, as nobody can be asked: {} ({hint})", choice.short))
            }
            Self::Questions(questions) => (
                questions.reply(),
                "the model asks a question, but nobody can be asked: it is told that there is no answer".to_owned(),
            ),
        }
    }
}

fn letter(word: &str) -> &str {
    word.get(..1).unwrap_or(word)
}

impl Choice {
    fn take(&self, line: Option<&str>) -> Step {
        let Some(line) = line else { return Step::Done(Ok(self.refused.clone())) };
        let line = line.trim().to_lowercase();
        match self.ways.iter().find(|way| line == letter(way.word) || line == way.word) {
            Some(way) => Step::Done(Ok(way.result.clone())),
            None => {
                let letters: Vec<&str> = self.ways.iter().map(|way| letter(way.word)).collect();
                Step::Again(format!("please type one of {}", letters.join(", ")))
            }
        }
    }
}

/// Questions of the model, asked one after the other.
#[derive(Debug)]
pub(super) struct Questions {
    open: VecDeque<ToolRequestUserInputQuestion>,
    answers: BTreeMap<String, ToolRequestUserInputAnswer>,
}

impl Questions {
    pub(super) fn new(params: ToolRequestUserInputParams) -> Self {
        Self { open: params.questions.into(), answers: BTreeMap::new() }
    }

    fn about(&self) -> String {
        let Some(question) = self.open.front() else { return "The model asks nothing.".to_owned() };
        let mut about = format!("{}: {}", visible(&question.header), visible(&question.question));
        for (option, number) in question.options.iter().flatten().zip(1..) {
            about += &format!("\n  {number} {}", visible(&option.label));
            if !option.description.is_empty() {
                about += &format!(": {}", visible(&option.description));
            }
        }
        about
    }

    fn prompt(&self) -> String {
        let Some(question) = self.open.front() else { return "Enter goes on > ".to_owned() };
        let is_hidden = if question.is_secret { ", which is not shown" } else { "" };
        let what = match options(question) {
            0 => format!("your answer{is_hidden}"),
            _ if takes_text(question) => format!("a number or your own answer{is_hidden}"),
            _ => "a number".to_owned(),
        };
        format!("{what}; nothing for no answer > ")
    }

    fn take(&mut self, line: Option<&str>) -> Step {
        let (Some(line), Some(question)) = (line, self.open.front()) else { return Step::Done(self.reply()) };
        let text = line.trim();
        let labels = || question.options.iter().flatten().map(|option| &option.label);
        let numbered = text.parse::<usize>().ok().and_then(|number| labels().nth(number.checked_sub(1)?));
        let chosen = numbered.or_else(|| labels().find(|label| label.eq_ignore_ascii_case(text)));
        let answers = match chosen {
            _ if text.is_empty() => Vec::new(),
            Some(label) => vec![label.clone()],
            None if takes_text(question) => vec![line.to_owned()],
            None => return Step::Again(format!("please type a number from 1 to {}", options(question))),
        };
        self.answers.insert(question.id.clone(), ToolRequestUserInputAnswer { answers });
        self.open.pop_front();
        if self.open.is_empty() { Step::Done(self.reply()) } else { Step::Next }
    }

    fn reply(&self) -> Reply {
        answer::<server_methods::ItemToolRequestUserInput>(&ToolRequestUserInputResponse {
            answers: self.answers.clone(),
        })
    }
}

fn options(question: &ToolRequestUserInputQuestion) -> usize {
    question.options.as_ref().map_or(0, Vec::len)
}

/// Whether an answer may be typed that is not listed.
fn takes_text(question: &ToolRequestUserInputQuestion) -> bool {
    question.is_other || options(question) == 0
}
