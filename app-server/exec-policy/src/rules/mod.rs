//! The language of rules files.
//!
//! A rules file is a small part of Starlark: calls of [`prefix_rule`, `host_executable` and `network_rule`](Statement) with
//! literal arguments, names for values that are used more than once, `+` between texts or lists, and comments. Loops,
//! conditions, functions and methods are refused by name.

mod call;
mod error;
mod lexer;
mod parser;
mod value;

pub use call::{Decision, HostExecutable, NetworkProtocol, NetworkRule, PrefixRule};
pub use error::{RulesError, TextPosition, TextRange};

pub(crate) use call::{Example, Statement, normal_path};
pub(crate) use error::Fault;
pub(crate) use value::quoted;

/// Reads the text of a rules file into what its calls say, each with its place.
pub(crate) fn read(text: &str) -> Result<Vec<(Statement, std::ops::Range<usize>)>, Fault> {
    parser::Parser::new(text)?.file()
}
