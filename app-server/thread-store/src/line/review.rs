//! Review mode, as lines spell it, and the text that stands for a review on the wire.

use std::fmt::Write;

use codex_app_server_protocol::v2::ThreadItemKind;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EnteredReviewMode {
    #[serde(alias = "item_id")]
    pub(super) id: String,
    #[serde(default)]
    pub(super) target: Value,
    #[serde(default)]
    pub(super) user_facing_hint: Option<String>,
}

impl From<EnteredReviewMode> for ThreadItemKind {
    fn from(item: EnteredReviewMode) -> Self {
        let review = item.user_facing_hint.unwrap_or_else(|| "Review requested.".to_owned());
        Self::EnteredReviewMode { id: item.id, review }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ExitedReviewMode {
    #[serde(alias = "item_id")]
    pub(super) id: String,
    #[serde(default)]
    pub(super) review_output: Option<ReviewOutput>,
}

/// What a review found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct ReviewOutput {
    #[serde(default)]
    findings: Vec<Finding>,
    #[serde(default)]
    overall_correctness: String,
    #[serde(default)]
    overall_explanation: String,
    #[serde(default)]
    overall_confidence_score: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Finding {
    title: String,
    body: String,
    #[serde(default)]
    confidence_score: f64,
    #[serde(default)]
    priority: i64,
    code_location: CodeLocation,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct CodeLocation {
    absolute_file_path: String,
    line_range: LineRange,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct LineRange {
    start: u64,
    end: u64,
}

impl ExitedReviewMode {
    /// A review of which only the text is known.
    pub(super) fn of_text(id: &str, review: &str) -> Self {
        let output = ReviewOutput { overall_explanation: review.to_owned(), ..ReviewOutput::default() };
        Self { id: id.to_owned(), review_output: Some(output) }
    }
}

impl From<ExitedReviewMode> for ThreadItemKind {
    fn from(item: ExitedReviewMode) -> Self {
        Self::ExitedReviewMode { id: item.id, review: text(item.review_output.as_ref()) }
    }
}

/// The review as one text: the explanation, then the findings.
fn text(output: Option<&ReviewOutput>) -> String {
    let mut text = output.map(|output| output.overall_explanation.trim().to_owned()).unwrap_or_default();
    let findings = output.map(|output| output.findings.as_slice()).unwrap_or_default();
    if !findings.is_empty() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(if findings.len() == 1 { "Review comment:" } else { "Full review comments:" });
        for Finding { title, body, code_location, .. } in findings {
            let CodeLocation { absolute_file_path, line_range: LineRange { start, end } } = code_location;
            let _ = write!(text, "\n\n- {title} — {absolute_file_path}:{start}-{end}");
            body.lines().for_each(|line| {
                let _ = write!(text, "\n  {line}");
            });
        }
    }
    if text.is_empty() { "Reviewer failed to output a response.".to_owned() } else { text }
}
