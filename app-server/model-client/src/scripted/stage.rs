//! Which answer is next: one place in the script per thread.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use serde_json::json;

use super::facts::Facts;
use super::player::Player;
use super::script::{Answer, Refused, Script};
use crate::failure::{Failure, Refusal};
use crate::rate_limits::ResponseHeaders;
use crate::request::ModelRequest;

/// The most threads whose place is remembered; beyond it the one seen first starts anew.
const MAX_THREADS: usize = 10_000;

/// A script being performed.
#[derive(Debug)]
pub(crate) struct Stage {
    given: Option<Arc<Script>>,
    builtin: OnceLock<Arc<Script>>,
    places: Mutex<Places>,
}

#[derive(Debug, Default)]
struct Places {
    by_thread: HashMap<String, Place>,
    order: VecDeque<String>,
}

/// How far a thread is.
#[derive(Debug, Default)]
struct Place {
    /// The next answer that is given in its turn.
    next: usize,
    /// What tools bring is answered from here.
    then: Option<Then>,
}

/// How far a thread is in the `then` of an answer.
#[derive(Debug)]
struct Then {
    /// The answer, as an index of the script.
    answer: usize,
    /// How many of its `then` are done; behind that the same of the last one done, when it has a `then` of its own, and so
    /// on.
    done: Vec<usize>,
}

impl Then {
    fn of(answer: usize) -> Option<Self> {
        Some(Self { answer, done: vec![0] })
    }

    /// The next answer whose conditions hold: of the innermost `then`, or further out when there is none.
    fn next<'a>(&mut self, root: &'a Answer, facts: &Facts) -> Option<&'a Answer> {
        while let Some((done, outer)) = self.done.split_last_mut() {
            let owner = outer.iter().try_fold(root, |answer, done| answer.then.get(done - 1))?;
            let fitting = owner.then.iter().enumerate().skip(*done).find(|(_, answer)| facts.fit(answer));
            if let Some((index, answer)) = fitting {
                *done = index + 1;
                if !answer.then.is_empty() {
                    self.done.push(0);
                }
                return Some(answer);
            }
            self.done.pop();
        }
        None
    }
}

impl Stage {
    pub(crate) fn new(given: Option<Arc<Script>>) -> Self {
        Self { given, builtin: OnceLock::new(), places: Mutex::default() }
    }

    fn script(&self) -> &Script {
        match &self.given {
            Some(script) => script,
            None => self.builtin.get_or_init(Arc::default),
        }
    }

    /// Chooses the answer to a request and makes it ready.
    pub(crate) fn play(&self, request: &ModelRequest) -> Result<(ResponseHeaders, Player), Failure> {
        let script = self.script();
        let facts = Facts::of(request);
        let spare;
        let answer = match self.choose(script, &request.identity.thread_id, &facts) {
            Some(answer) => answer,
            None => {
                spare =
                    Answer::text(if facts.follows_tool { "Done." } else { "The script has no answer to: {{topic}}" });
                &spare
            }
        };
        if let Some(refused) = &answer.refuse {
            return Err(refusal(refused));
        }
        let headers = ResponseHeaders { model: answer.model.clone(), ..ResponseHeaders::default() };
        Ok((headers, Player::new(answer, script.pace, &facts, request)))
    }

    fn choose<'a>(&self, script: &'a Script, thread: &str, facts: &Facts) -> Option<&'a Answer> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        choose(script, places.of(thread), facts)
    }
}

/// An answer's `then` goes on where a tool has answered; a rule (`when`) is asked before the answers that have a turn.
fn choose<'a>(script: &'a Script, place: &mut Place, facts: &Facts) -> Option<&'a Answer> {
    /// Stands for [`Script::default`] in [`Then::answer`].
    const DEFAULT: usize = usize::MAX;
    let at = |index: usize| if index == DEFAULT { script.default.as_ref() } else { script.answers.get(index) };
    if facts.follows_tool {
        if let Some(then) = &mut place.then
            && let Some(answer) = at(then.answer).and_then(|root| then.next(root, facts))
        {
            return Some(answer);
        }
    } else {
        let input = facts.input.to_lowercase();
        let holds = |answer: &Answer| answer.when.as_ref().is_some_and(|when| input.contains(&when.to_lowercase()));
        if let Some(index) = script.answers.iter().position(holds) {
            place.then = Then::of(index);
            return at(index);
        }
    }
    let has_turn = |answer: &Answer| answer.when.is_none();
    let next = script.answers.iter().enumerate().skip(place.next).find(|(_, answer)| has_turn(answer));
    if let Some((index, answer)) = next {
        *place = Place { next: index + 1, then: Then::of(index) };
        return Some(answer);
    }
    let last = script.answers.iter().rposition(has_turn);
    let index = if script.default.is_some() { DEFAULT } else { last? };
    // An answer that calls tools, repeated after each of their outputs, would never end.
    let answer = at(index).filter(|answer| !(facts.follows_tool && answer.has_calls()))?;
    place.then = Then::of(index);
    Some(answer)
}

impl Places {
    fn of(&mut self, thread: &str) -> &mut Place {
        if !self.by_thread.contains_key(thread) {
            if self.order.len() >= MAX_THREADS
                && let Some(oldest) = self.order.pop_front()
            {
                self.by_thread.remove(&oldest);
            }
            self.order.push_back(thread.to_owned());
        }
        self.by_thread.entry(thread.to_owned()).or_default()
    }
}

fn refusal(refused: &Refused) -> Failure {
    let mut headers = HeaderMap::new();
    if let Some(seconds) = refused.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    let body = json!({"error": {"code": refused.code, "type": refused.kind, "message": refused.message}}).to_string();
    let status = StatusCode::from_u16(refused.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Refusal { status, headers: &headers, body: &body, url: "scripted" }.failure()
}
