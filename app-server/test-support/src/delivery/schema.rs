//! Every message of the server is declared: it fits our own schema of the whole wire, and its method does not stand as planned.

use std::sync::OnceLock;

use codex_app_server_protocol::export::{self, Surface};
use codex_app_server_protocol::{ServerNotification, ServerRequest};
use codex_app_server_schema_tools::{Export, Problem, Way as LogWay, Weight, check};

use super::{Rule, Said, Violation};
use crate::transcript::Transcript;

/// Checks every message of the server against the schema and the table of methods. The rest of the contract is for [`super::check`], whose
/// transcripts may be sketches.
///
/// # Errors
/// All violations, in the order of the messages.
pub fn fits_schema(transcript: &Transcript) -> Result<(), Vec<Violation>> {
    let violation = |at: usize, complaint: String| Violation { rule: Rule::FitsSchema, at, complaint };
    let outcome = check(whole_wire(), transcript.text().as_bytes())
        .map_err(|error| vec![violation(0, format!("the transcript cannot be read: {error}"))])?;
    let planned = transcript.entries.iter().enumerate().filter_map(|(at, entry)| {
        let Said::Told { method, is_request, .. } = Said::of(entry) else { return None };
        let rows = if is_request { ServerRequest::ROWS } else { ServerNotification::ROWS };
        let complaint = format!("{method} stands as planned");
        rows.iter().any(|row| row.planned && row.name == method).then_some(Violation {
            rule: Rule::PlannedIsSilent,
            at,
            complaint,
        })
    });
    let mut violations: Vec<Violation> = outcome
        .complaints
        .into_iter()
        .filter(|complaint| complaint.direction == Some(LogWay::ServerToClient))
        // Whether an answer was asked for is the business of another rule.
        .filter(|complaint| {
            complaint.problem.weight() == Weight::Error && complaint.problem != Problem::AnswerWithoutRequest
        })
        .map(|complaint| {
            let method = complaint.method.unwrap_or_default();
            let (at, expected, found) = (complaint.pointer, complaint.expected, complaint.found);
            violation(complaint.line - 1, format!("{method} at {at}: expected {expected}, found {found}"))
        })
        .chain(planned)
        .collect();
    violations.sort_by_key(|violation| violation.at);
    if violations.is_empty() { Ok(()) } else { Err(violations) }
}

/// The exported schema, loaded once.
fn whole_wire() -> &'static Export {
    static EXPORT: OnceLock<Export> = OnceLock::new();
    EXPORT.get_or_init(|| {
        let (bundle, methods) = export::own_documents(Surface::Experimental);
        Export::from_own(&bundle, Some(&methods))
            .unwrap_or_else(|error| panic!("our own export does not load: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_schema() {
        let delta = |delta: &str| {
            format!(
                "<- {{\"method\":\"item/agentMessage/delta\",\"params\":{{\"threadId\":\"t\",\"turnId\":\"u\",\"itemId\":\"i\",\
                 \"delta\":{delta}}},\"emittedAtMs\":1}}"
            )
        };
        let transcript = Transcript::of_lines(&format!("{}\n{}", delta("\"text\""), delta("7")));
        let violations = super::fits_schema(&transcript).unwrap_err();
        assert_eq!(violations.len(), 1, "{violations:?}");
        assert_eq!(violations[0].at, 1);
        assert!(violations[0].complaint.contains("/params/delta"), "{}", violations[0]);
    }

    #[test]
    fn planned_is_silent() {
        let planned = ServerNotification::ROWS.iter().find(|row| row.planned).unwrap();
        let sent = format!("<- {{\"method\":\"{}\",\"params\":{{}},\"emittedAtMs\":1}}", planned.name);
        let violations = super::fits_schema(&Transcript::of_lines(&sent)).unwrap_err();
        assert!(violations.iter().any(|violation| violation.rule == Rule::PlannedIsSilent), "{violations:?}");
    }
}
