//! Which commands may run: the user's rules, what a shell script really runs, and what is dangerous without any rule.
//!
//! [`Policy`] holds the rules of `.rules` files. [`Policy::decide`] takes a call and says what they make of it, part by part
//! when the call is a shell script that can be split. [`parse_actions`] says in the protocol's words what a call reads,
//! lists or searches, [`is_dangerous`] whether it deletes by force, [`patch_script`] whether it only applies a patch, and
//! [`append_allow_rule`] remembers an answer of the user. Nothing here runs a command, asks anybody or looks at the
//! environment; only loading and appending touch the disk.
#![forbid(unsafe_code)]

mod actions;
mod amendment;
mod danger;
mod decide;
mod policy;
mod rules;
mod shell;

pub use actions::{Action, parse_actions};
pub use amendment::{AmendError, Asked, append_allow_rule};
pub use danger::is_dangerous;
pub use decide::{Part, RuleMatch, Verdict};
pub use policy::{Policy, rules_files};
pub use rules::{
    Decision, HostExecutable, NetworkProtocol, NetworkRule, PrefixRule, RulesError, TextPosition, TextRange,
};
pub use shell::{PatchScript, join, parts, patch_script, plain_commands, shell_script, split};
