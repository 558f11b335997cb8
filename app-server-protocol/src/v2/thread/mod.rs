//! Threads: starting, reading, listing, changing and ending conversations, and everything that hangs on one.

pub mod attachment;
pub mod background_terminals;
pub mod control;
pub mod dynamic_tools;
pub mod elicitation;
pub mod events;
pub mod fork;
pub mod goal;
pub mod history;
pub mod lifecycle;
pub mod prediction;
pub mod queue;
pub mod read;
pub mod read_state;
pub mod realtime;
pub mod realtime_items;
pub mod search;
pub mod section;
pub mod settings;
pub mod start;
pub mod state;
