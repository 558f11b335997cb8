//! What a call of a command tool tells the model.

use std::time::Duration;

use crate::output::{Budget, Collected};

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallReport {
    /// Six random hex digits.
    pub chunk_id: String,
    /// How long the call took.
    pub wall_time: Duration,
    /// Whether the command still runs.
    pub status: CallStatus,
    /// What was printed since the last call.
    pub output: Collected,
}

/// Whether a command still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallStatus {
    /// It ended with this code; its session is gone.
    Exited(i32),
    /// It runs on as this session.
    Running(i32),
}

impl CallReport {
    /// The result of the call as text, its output within a budget.
    pub fn text(&self, budget: Budget) -> String {
        let status = match self.status {
            CallStatus::Exited(code) => format!("Process exited with code {code}"),
            CallStatus::Running(id) => format!("Process running with session ID {id}"),
        };
        format!(
            "Chunk ID: {}\nWall time: {:.4} seconds\n{status}\nOriginal token count: {}\nOutput:\n{}",
            self.chunk_id,
            self.wall_time.as_secs_f64(),
            self.output.tokens(),
            self.output.within(budget)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_are_those_that_models_know() {
        let mut report = CallReport {
            chunk_id: "95b210".to_owned(),
            wall_time: Duration::from_micros(251_449),
            status: CallStatus::Exited(3),
            output: Collected { text: "hi\nerr\n".to_owned(), total_bytes: 7, omitted_bytes: 0 },
        };
        let budget = Budget::Tokens(10_000);
        assert_eq!(
            report.text(budget),
            "Chunk ID: 95b210\nWall time: 0.2514 seconds\nProcess exited with code 3\nOriginal token count: 2\nOutput:\nhi\nerr\n"
        );
        report.status = CallStatus::Running(47931);
        assert!(report.text(budget).contains("\nProcess running with session ID 47931\n"));
    }
}
