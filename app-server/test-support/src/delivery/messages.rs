//! Rules about messages as such: answers to requests, and the form of every line.

use std::collections::BTreeMap;

use codex_app_server_protocol::{ErrorKind, RequestId};
use serde_json::Value;

use super::{Context, KnownFault, Rule, Said};
use crate::transcript::Entry;

/// [`Rule::OneResponse`] and [`Rule::WellFormed`].
#[derive(Debug, Default)]
pub(super) struct Messages {
    /// The methods that wait for an answer, by id: a client may use one twice.
    open: BTreeMap<RequestId, Vec<String>>,
    /// Whether a request was refused as overload.
    overloaded: bool,
}

impl Messages {
    pub(super) fn see(&mut self, context: &mut Context<'_>, entry: &Entry, said: &Said<'_>) {
        match said {
            Said::Asked { id, method, .. } => self.open.entry(id.clone()).or_default().push(method.clone()),
            Said::Answered { id } => {
                if self.open.get_mut(id).and_then(Vec::pop).is_none() {
                    context
                        .violated(Rule::OneResponse, format!("an answer to {id:?}, which nobody asked for (any more)"));
                }
                stamped(context, entry, false, "an answer");
                let code = entry.message.as_ref().and_then(|message| message["error"]["code"].as_i64());
                self.overloaded |= code == Some(ErrorKind::Overloaded.rpc_code());
            }
            Said::Told { method, is_request: true, .. } => stamped(context, entry, false, method),
            Said::Told { method, .. } => stamped(context, entry, true, method),
            Said::Nonsense(error) => context.violated(Rule::WellFormed, error.clone()),
            Said::Other => {}
        }
    }

    pub(super) fn end(&mut self, context: &mut Context<'_>) {
        if self.overloaded && context.forgives(KnownFault::OverloadUnanswered) {
            return;
        }
        for (id, methods) in &self.open {
            for method in methods {
                context.violated(Rule::OneResponse, format!("{method} under {id:?} was never answered"));
            }
        }
    }
}

fn stamped(context: &mut Context<'_>, entry: &Entry, wanted: bool, what: &str) {
    let stamp = entry.message.as_ref().and_then(|message| message.get("emittedAtMs"));
    match (stamp.map(Value::is_i64), wanted) {
        (Some(true), true) | (None, false) => {}
        (Some(false), true) => context.violated(Rule::WellFormed, format!("emittedAtMs of {what} is no integer")),
        (None, true) => context.violated(Rule::WellFormed, format!("{what} has no emittedAtMs")),
        (Some(_), false) => context.violated(Rule::WellFormed, format!("{what} has an emittedAtMs")),
    }
}
