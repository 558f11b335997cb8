//! What a thread ran with last and what it has used, from its end backwards.

use super::chain::Chain;
use super::glance::glance;
use crate::StoreError;
use crate::replay::{Head, Segment, Summary};

/// How far from the end these are looked for. Both stand in every turn.
const FAR: u64 = 256 * 1024 * 1024;

/// Adds the last settings and the last count of tokens to a summary.
pub(crate) fn add_last(segments: &[Segment], summary: &mut Summary) -> Result<(), StoreError> {
    let chain = Chain::open(segments)?;
    let mut lines = chain.backward(chain.length());
    let (mut has_settings, mut has_usage) = (false, false);
    while let Some(line) = lines.previous().map_err(|error| chain.io(error))?
        && !(has_settings && has_usage)
        && chain.length() - line.at < FAR
    {
        let Some(glance) = glance(line.text) else { continue };
        let is_settings = !has_settings && glance.kind == "turn_context";
        let is_usage = !has_usage && glance.event.as_deref() == Some("token_count");
        if !is_settings && !is_usage {
            continue;
        }
        let Ok(head) = serde_json::from_slice::<Head<'_>>(line.text) else { continue };
        if is_settings {
            has_settings = summary.turn_context(head.payload).is_ok();
        } else {
            has_usage = summary.token_count(head.payload).is_ok() && summary.usage.is_some();
        }
    }
    Ok(())
}
