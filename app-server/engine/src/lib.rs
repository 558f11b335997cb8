//! Threads and turns: the thread actor, the turn loop, what the model is told, and what clients are told meanwhile.
//!
//! The engine builds the protocol's items and notifications itself; it knows neither envelopes nor request ids nor
//! connections' bytes. What must hold: one task owns a thread; every accepted turn ends with exactly one terminal event,
//! sent by that task after the turn's work has ended and its last line is written; what is announced as completed is in
//! the file before; a request is answered before what follows from it is told; no client is ever waited for, but those
//! that ask for it ([`Subscriber::ready`]); time, ids and randomness come from [`Env`] alone.
#![forbid(unsafe_code)]

mod approval;
mod archive;
mod confinement;
mod context;
mod deps;
mod engine;
mod env;
mod error;
mod host;
mod kept;
mod listing;
mod locks;
mod models;
mod once;
mod paging;
mod questions;
mod recording;
mod registry;
mod settings;
mod start;
mod terminals;
mod thread;
mod tools;
mod turn;

pub use confinement::{ConfinementError, Places, check_policy, rules_of_config, rules_of_policy, rules_of_profile};
pub use deps::{
    Audience, Bearer, Credentials, CredentialsError, EngineDeps, Identity, Question, Subscriber, SubscriberId,
};
pub use engine::{ClientFacts, Engine, Reply, Shutdown};
pub use env::{Clock, Env, FixedEnv, Ids, Machine, Rng};
pub use error::EngineError;
pub use host::{FindTools, Host, environment_policy};
pub use once::IdempotencyKey;
pub use questions::Answer;
pub use start::config_warning;
pub use tools::{DynamicToolError, DynamicToolName};
