//! An environment as it is shown to people: names only, as values may be secrets.

use std::collections::HashMap;
use std::hash::BuildHasher;

/// What stands for every value.
const HIDDEN: &str = "*****";

/// Shows the variables of an environment without their values: those of `env` by name, then `env_vars`, which are only
/// named and taken from elsewhere, in their order. `-` when there are none.
///
/// ```
/// use std::collections::HashMap;
/// use codex_utils_cli::format_env_display;
/// let env = HashMap::from([("TOKEN".to_owned(), "secret".to_owned())]);
/// assert_eq!(format_env_display(Some(&env), &["HOME".to_owned()]), "TOKEN=*****, HOME=*****");
/// ```
pub fn format_env_display<S: BuildHasher>(env: Option<&HashMap<String, String, S>>, env_vars: &[String]) -> String {
    let mut names: Vec<&str> = env.into_iter().flat_map(HashMap::keys).map(String::as_str).collect();
    names.sort_unstable();
    names.extend(env_vars.iter().map(String::as_str));
    if names.is_empty() {
        return "-".to_owned();
    }
    names.iter().map(|name| format!("{name}={HIDDEN}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(names: &[&str]) -> HashMap<String, String> {
        names.iter().map(|name| ((*name).to_owned(), format!("value of {name}"))).collect()
    }

    fn vars(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn nothing_is_a_dash() {
        assert_eq!(format_env_display(None::<&HashMap<_, _>>, &[]), "-");
        assert_eq!(format_env_display(Some(&env(&[])), &[]), "-");
    }

    #[test]
    fn names_of_the_map_are_sorted_and_come_first() {
        assert_eq!(format_env_display(Some(&env(&["B", "A"])), &[]), "A=*****, B=*****");
        assert_eq!(
            format_env_display(Some(&env(&["Z", "M"])), &vars(&["Y", "A"])),
            "M=*****, Z=*****, Y=*****, A=*****"
        );
        assert_eq!(format_env_display(None::<&HashMap<_, _>>, &vars(&["PATH"])), "PATH=*****");
    }

    #[test]
    fn no_value_is_shown() {
        assert!(!format_env_display(Some(&env(&["KEY"])), &[]).contains("value"));
    }
}
