//! Arguments that are one of a few words.

use clap::ValueEnum;

/// The value of `--ask-for-approval`: when the user is asked before something runs.
///
/// ```
/// use clap::ValueEnum;
/// use codex_utils_cli::ApprovalMode;
/// assert_eq!(ApprovalMode::from_str("never", false), Ok(ApprovalMode::Never));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
pub enum ApprovalMode {
    /// The model asks when it needs more than the sandbox gives
    OnRequest,
    /// Nobody is asked; what the sandbox refuses stays refused
    Never,
}

/// The value of `--sandbox`: what commands may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
pub enum SandboxMode {
    /// Everything may be read, nothing written
    ReadOnly,
    /// The working folder and those for temporary files may be written too
    WorkspaceWrite,
    /// No sandbox: commands may do whatever you may
    DangerFullAccess,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<T: ValueEnum>() -> Vec<String> {
        let values = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        values.map(|value| value.get_name().to_owned()).collect()
    }

    #[test]
    fn words_are_those_of_the_reference() {
        assert_eq!(words::<ApprovalMode>(), ["on-request", "never"]);
        assert_eq!(words::<SandboxMode>(), ["read-only", "workspace-write", "danger-full-access"]);
    }

    #[test]
    fn older_words_and_other_spellings_are_refused() {
        for word in ["untrusted", "on-failure", "granular", "Never", "on_request", ""] {
            assert!(ApprovalMode::from_str(word, false).is_err(), "{word}");
        }
        for word in ["external-sandbox", "readonly", "READ-ONLY", ""] {
            assert!(SandboxMode::from_str(word, false).is_err(), "{word}");
        }
    }
}
