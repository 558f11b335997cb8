//! The scripted model: answers from a file, inside the process, with no network.
//!
//! A script says what the model answers, how it is cut into deltas, how long each takes and how things go wrong;
//! `script.md` beside this file describes it. The same script and the same conversation give the same events, ids
//! included. Each thread goes through the script on its own.

mod facts;
mod player;
mod record;
mod script;
mod stage;
#[cfg(test)]
mod tests;

pub(crate) use player::Player;
pub use record::Recorder;
pub(crate) use record::Take;
pub use script::{
    Answer, Call, CustomCall, Ending, Failed, Item, ItemContent, Pace, Refused, Script, ScriptError, ScriptUsage,
};
pub(crate) use stage::Stage;
