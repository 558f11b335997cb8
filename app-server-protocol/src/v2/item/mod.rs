//! Items of turns: what they are, how they grow, and the model's own form of them.

pub mod events;
pub mod kinds;
pub mod parts;
pub mod response;
pub mod response_parts;
pub mod tool_events;
