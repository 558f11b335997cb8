//! Why a call of a command tool fails, in the words that models know.

use crate::process::SpawnError;

/// Why a command was not started.
#[derive(Debug, thiserror::Error)]
#[error("Failed to create unified exec process: {0}")]
pub struct StartError(#[from] pub SpawnError);

impl StartError {
    /// What the model is told. The error's own text is the output of the item, whose exit code is -1.
    pub fn model_text(&self) -> String {
        rejected(&self.to_string())
    }
}

/// What the model is told when a command is not run for a reason of ours.
pub fn rejected(reason: &str) -> String {
    format!("exec_command failed: CreateProcess {{ message: {:?} }}", format!("Rejected({reason:?})"))
}

/// Why nothing was written to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// No session has this id (any more).
    #[error("write_stdin failed: Unknown process id {0}")]
    Unknown(i32),
    /// The command has no terminal, so it has no input.
    #[error(
        "write_stdin failed: stdin is closed for this session; rerun exec_command with tty=true to keep stdin open"
    )]
    Closed,
    /// The terminal is full of text that the command does not read.
    #[error("write_stdin failed: the process does not read its input; wait for it, or interrupt it with U+0003")]
    NotReading,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_start_is_told_as_models_know_it() {
        let error = StartError(std::io::Error::from_raw_os_error(2).into());
        assert_eq!(
            error.model_text(),
            r#"exec_command failed: CreateProcess { message: "Rejected(\"Failed to create unified exec process: No such file or directory (os error 2)\")" }"#
        );
        assert_eq!(
            rejected("rejected by user"),
            r#"exec_command failed: CreateProcess { message: "Rejected(\"rejected by user\")" }"#
        );
    }
}
