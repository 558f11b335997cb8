//! `-c key=value`, `--enable FEATURE` and `--disable FEATURE`.
//!
//! The order of the result is the order of precedence: all `-c` as given, then `--enable`, then `--disable`; later
//! entries win. No value is ever refused here: what is no TOML value counts as a string.

use std::ffi::OsString;

use clap::{ArgAction, Args};
use toml::Value;

/// The override flags as they were typed; flatten it into the root struct of a clap program.
///
/// The flags are global: they may stand before or after a subcommand. Clap drops those before the subcommand when
/// there are some behind it, so a program with subcommands passes its arguments through [`hoist_override_flags`].
#[derive(Args, Clone, Default, PartialEq, Eq)]
pub struct CliConfigOverrides {
    /// Override a configuration value, as in `-c model="o3"` or `-c features.apps=false`.
    ///
    /// The key is a dotted path; the value is read as TOML and, when it is no TOML, taken as a string. Repeatable.
    #[arg(
        short = 'c',
        long = "config",
        value_name = "key=value",
        action = ArgAction::Append,
        global = true
    )]
    pub raw: Vec<String>,

    /// Enable a feature, as `-c features.<name>=true` does. Repeatable.
    #[arg(long, value_name = "FEATURE", action = ArgAction::Append, global = true)]
    pub enable: Vec<String>,

    /// Disable a feature, as `-c features.<name>=false` does. Repeatable.
    #[arg(long, value_name = "FEATURE", action = ArgAction::Append, global = true)]
    pub disable: Vec<String>,
}

/// What the override flags say: values at dotted paths, lowest precedence first, and the features they name.
#[derive(Clone, Default, PartialEq)]
pub struct ConfigOverrides {
    /// Dotted path and value, the flags of `--enable` and `--disable` included.
    pub values: Vec<(String, Value)>,
    /// The names given to `--enable` and `--disable`, for the check that such features exist.
    pub features: Vec<String>,
}

/// Shows keys only, as values may be credentials.
impl std::fmt::Debug for CliConfigOverrides {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let keys = self.raw.iter().map(|raw| raw.split('=').next());
        formatter
            .debug_struct("CliConfigOverrides")
            .field("keys", &keys.flatten().collect::<Vec<_>>())
            .field("enable", &self.enable)
            .field("disable", &self.disable)
            .finish()
    }
}

/// Shows keys only, as values may be credentials.
impl std::fmt::Debug for ConfigOverrides {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.values.iter().map(|(path, _)| path)).finish()
    }
}

/// Why a `-c` argument is no override.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverrideError {
    /// There is no `=` in it.
    #[error("error parsing -c overrides: Invalid override (missing '='): {0}")]
    MissingEquals(String),
    /// Nothing stands before the `=`.
    #[error("error parsing -c overrides: Empty key in override: {0}")]
    EmptyKey(String),
}

impl CliConfigOverrides {
    /// Splits and reads the flags.
    ///
    /// # Errors
    ///
    /// The first `-c` argument without `=` or without a key.
    pub fn parse_overrides(&self) -> Result<ConfigOverrides, OverrideError> {
        let mut values = Vec::with_capacity(self.raw.len() + self.enable.len() + self.disable.len());
        for argument in &self.raw {
            values.push(parse_override(argument)?);
        }
        for (names, state) in [(&self.enable, true), (&self.disable, false)] {
            for name in names {
                values.push((format!("features.{name}"), Value::Boolean(state)));
            }
        }
        let features = self.enable.iter().chain(&self.disable).cloned().collect();
        Ok(ConfigOverrides { values, features })
    }
}

/// Moves the override flags to the front, right behind the program's name, in their order; the rest keeps its order.
///
/// Flags before a subcommand so come before those behind it, and lose against them. Arguments after `--` and a flag
/// whose value is missing stay where they are.
pub fn hoist_override_flags(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments = arguments.into_iter();
    let program = arguments.next();
    let mut flags = Vec::new();
    let mut others = Vec::new();
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            others.push(argument);
            others.extend(arguments);
            break;
        }
        match flag_form(&argument) {
            Some(FlagForm::WithValue) => flags.push(argument),
            Some(FlagForm::ValueFollows) => match arguments.next() {
                Some(value) => flags.extend([argument, value]),
                None => others.push(argument),
            },
            None => others.push(argument),
        }
    }
    program.into_iter().chain(flags).chain(others).collect()
}

/// How an override flag carries its value.
enum FlagForm {
    /// `--config=a=1`, `-ca=1`.
    WithValue,
    /// `-c a=1`.
    ValueFollows,
}

/// Tells whether an argument is one of the override flags.
fn flag_form(argument: &OsString) -> Option<FlagForm> {
    let text = argument.to_string_lossy();
    for flag in ["--config", "--enable", "--disable"] {
        match text.strip_prefix(flag) {
            Some("") => return Some(FlagForm::ValueFollows),
            Some(rest) if rest.starts_with('=') => return Some(FlagForm::WithValue),
            _ => {}
        }
    }
    match text.strip_prefix("-c") {
        Some("") => Some(FlagForm::ValueFollows),
        Some(_) => Some(FlagForm::WithValue),
        None => None,
    }
}

/// Reads one `key=value`.
fn parse_override(argument: &str) -> Result<(String, Value), OverrideError> {
    let Some((key, value)) = argument.split_once('=') else {
        return Err(OverrideError::MissingEquals(argument.to_owned()));
    };
    let key = key.trim();
    if key.is_empty() {
        return Err(OverrideError::EmptyKey(argument.to_owned()));
    }
    let path = match key {
        // An old name that is still typed without its table.
        "use_legacy_landlock" => "features.use_legacy_landlock",
        key => key,
    };
    Ok((path.to_owned(), parse_value(value.trim())))
}

/// Reads the right side of a TOML assignment; anything else is a string, freed of the quotes around it.
fn parse_value(text: &str) -> Value {
    const KEY: &str = "value";
    // A line break would let further assignments through; strings in triple quotes still may hold one.
    let assignment = format!("{KEY} = {text}");
    match toml::from_str::<toml::Table>(&assignment) {
        Ok(mut table) if table.len() == 1 => table.remove(KEY).unwrap_or_else(|| Value::String(text.to_owned())),
        _ => Value::String(text.trim_matches(['"', '\'']).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Parser, Subcommand};
    use proptest::prelude::*;

    fn overrides(arguments: &[&str]) -> Result<ConfigOverrides, OverrideError> {
        CliConfigOverrides { raw: arguments.iter().map(ToString::to_string).collect(), ..CliConfigOverrides::default() }
            .parse_overrides()
    }

    fn value(argument: &str) -> Value {
        let parsed = overrides(&[argument]).unwrap();
        parsed.values[0].1.clone()
    }

    #[test]
    fn values_are_toml() {
        assert_eq!(value("k=3"), Value::Integer(3));
        assert_eq!(value("k=1.5"), Value::Float(1.5));
        assert_eq!(value("k=true"), Value::Boolean(true));
        assert_eq!(value("k=\"quoted\""), Value::String("quoted".to_owned()));
        assert_eq!(value("k=[1, 2]").to_string(), "[1, 2]");
        assert_eq!(value("k={a=1}").to_string(), "{ a = 1 }");
        assert_eq!(value("k=2024-01-02").to_string(), "2024-01-02");
    }

    #[test]
    fn what_is_no_toml_is_a_string() {
        for (argument, text) in [
            ("k=hello", "hello"),
            ("k='single'", "single"),
            ("k= spaced ", "spaced"),
            ("k=a=b", "a=b"),
            ("k=", ""),
            ("k=TRUE", "TRUE"),
            ("k=[1,", "[1,"),
            ("k=\"unclosed", "unclosed"),
            ("k=not quoted", "not quoted"),
            ("k=1\nother = 2", "1\nother = 2"),
            ("k=1\n[table]", "1\n[table]"),
        ] {
            assert_eq!(value(argument), Value::String(text.to_owned()), "{argument}");
        }
    }

    #[test]
    fn keys_are_trimmed_and_otherwise_left_alone() {
        assert_eq!(overrides(&[" a.\"b.c\" = 1"]).unwrap().values[0].0, "a.\"b.c\"");
        assert_eq!(overrides(&["use_legacy_landlock=true"]).unwrap().values[0].0, "features.use_legacy_landlock");
    }

    #[test]
    fn errors_name_the_argument() {
        assert_eq!(
            overrides(&["a=1", "model"]).unwrap_err().to_string(),
            "error parsing -c overrides: Invalid override (missing '='): model"
        );
        assert_eq!(
            overrides(&[" =1"]).unwrap_err().to_string(),
            "error parsing -c overrides: Empty key in override:  =1"
        );
    }

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        overrides: CliConfigOverrides,
        #[command(subcommand)]
        command: Option<Command>,
    }

    #[derive(Subcommand)]
    enum Command {
        Run,
    }

    #[test]
    fn flags_stand_before_or_after_a_subcommand() {
        for line in [
            ["program", "-c", "a=1", "--enable", "goals", "--disable=apps", "run"],
            ["program", "run", "-c", "a=1", "--enable", "goals", "--disable=apps"],
        ] {
            let program = Program::parse_from(line);
            assert!(program.command.is_some());
            let parsed = program.overrides.parse_overrides().unwrap();
            let paths: Vec<_> = parsed.values.iter().map(|(path, _)| path.as_str()).collect();
            assert_eq!(paths, ["a", "features.goals", "features.apps"]);
            assert_eq!(parsed.features, ["goals", "apps"]);
        }
    }

    #[test]
    fn flags_of_both_levels_are_kept_in_order() {
        let line = ["program", "-c", "a=1", "run", "-ca=2", "--config=b=3", "--enable", "x"];
        let program = Program::parse_from(hoist_override_flags(line.map(OsString::from)));
        assert!(program.command.is_some());
        assert_eq!(program.overrides.raw, ["a=1", "a=2", "b=3"]);
        assert_eq!(program.overrides.enable, ["x"]);
    }

    #[test]
    fn other_arguments_keep_their_order() {
        let line = ["program", "one", "-c", "a=1", "two", "--", "-c", "b=2"].map(OsString::from);
        let hoisted = ["program", "-c", "a=1", "one", "two", "--", "-c", "b=2"].map(OsString::from);
        assert_eq!(hoist_override_flags(line), hoisted);
        let incomplete = ["program", "run", "-c"].map(OsString::from);
        assert_eq!(hoist_override_flags(incomplete.clone()), incomplete);
    }

    proptest! {
        #[test]
        fn any_value_of_any_text_is_read(key in "[a-z]{1,8}", text in "\\PC*") {
            let parsed = overrides(&[&format!("{key}={text}")]).unwrap();
            prop_assert_eq!(&parsed.values[0].0, &key);
        }

        #[test]
        fn a_written_toml_value_is_read_back(integer in any::<i64>(), text in "[a-zA-Z ]*") {
            prop_assert_eq!(value(&format!("k={integer}")), Value::Integer(integer));
            let quoted = Value::String(text);
            prop_assert_eq!(value(&format!("k={quoted}")), quoted);
        }
    }
}
