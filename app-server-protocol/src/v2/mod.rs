//! Version 2 of the protocol: the types of every domain, one file each.
//!
//! A type stands in the file of the domain that owns it and is used from all others through this module.

mod account;
mod collaboration;
mod config;
mod config_values;
mod error;
mod item;
mod item_events;
mod item_parts;
mod model;
mod notice;
mod policy;
mod response_item;
mod response_item_parts;
mod server_ask;
mod thread;
mod thread_control;
mod thread_events;
mod thread_read;
mod thread_start;
mod turn;
mod user_input;

pub use account::*;
pub use collaboration::*;
pub use config::*;
pub use config_values::*;
pub use error::*;
pub use item::*;
pub use item_events::*;
pub use item_parts::*;
pub use model::*;
pub use notice::*;
pub use policy::*;
pub use response_item::*;
pub use response_item_parts::*;
pub use server_ask::*;
pub use thread::*;
pub use thread_control::*;
pub use thread_events::*;
pub use thread_read::*;
pub use thread_start::*;
pub use turn::*;
pub use user_input::*;
