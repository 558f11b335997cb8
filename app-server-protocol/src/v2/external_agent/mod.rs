//! Taking over the settings of other agents that are installed on the machine.

pub mod detect;
pub mod imports;
