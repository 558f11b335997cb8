//! Ollama: its version, its models, and what it says while it pulls one.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use crate::error::PullError;

/// The oldest version with the Responses API as it is used here.
const OLDEST: [u64; 3] = [0, 13, 4];

/// Of builds that nobody gave a version; they are taken for new.
const UNVERSIONED: [u64; 3] = [0, 0, 0];

/// Layers whose progress is added up at most; more than any model has.
const MAX_LAYERS: usize = 1024;

/// Characters of a text of the server that are shown.
const SHOWN: usize = 300;

/// A version that is too old, from the answer of `GET /api/version`, with the one that is needed. None for one that will
/// do and for an answer that tells no version.
pub(crate) fn too_old(answer: &Value) -> Option<(&str, String)> {
    let found = answer.get("version")?.as_str()?;
    let parsed = parse_version(found)?;
    let is_old = parsed < OLDEST && parsed != UNVERSIONED;
    is_old.then(|| (found, OLDEST.map(|part| part.to_string()).join(".")))
}

/// The three numbers of a version; what follows them, as in `0.13.4-rc1`, is left out.
fn parse_version(text: &str) -> Option<[u64; 3]> {
    let numbers = text.trim().trim_start_matches('v');
    let numbers = numbers.split(['-', '+']).next()?;
    let mut parts = numbers.split('.').map(|part| part.parse().ok());
    let version = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(version)
}

/// The names in the answer of `GET /api/tags`; none when it is not such an answer.
pub(crate) fn tagged_models(answer: &Value) -> Option<Vec<&str>> {
    let models = answer.get("models")?.as_array()?;
    Some(models.iter().filter_map(|model| model.get("name")?.as_str()).collect())
}

/// Whether a model that Ollama lists is the wanted one: a name without a tag means the tag `latest`.
pub(crate) fn is_model(listed: &str, wanted: &str) -> bool {
    listed == wanted || (!wanted.contains(':') && listed.strip_suffix(":latest") == Some(wanted))
}

/// What was heard of a pull so far.
#[derive(Debug, Default)]
pub(crate) struct Pull {
    status: String,
    /// Bytes that are there, and bytes of the whole, by the digest of a layer.
    layers: HashMap<String, (u64, u64)>,
}

/// What a line of a pull tells.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PullNews {
    /// Nothing that is new.
    Nothing,
    /// The pull is at another step.
    Step(String),
    /// More bytes are there.
    Bytes {
        /// Those that are there, of all layers known so far.
        completed: u64,
        /// Those of the whole.
        total: u64,
    },
    /// The model is there.
    Done,
}

/// One line of the answer of `POST /api/pull`.
#[derive(Deserialize)]
struct PullLine {
    error: Option<String>,
    status: Option<String>,
    digest: Option<String>,
    total: Option<u64>,
    completed: Option<u64>,
}

impl Pull {
    /// Takes the next line.
    pub(crate) fn on_line(&mut self, line: &str) -> Result<PullNews, PullError> {
        if line.trim().is_empty() {
            return Ok(PullNews::Nothing);
        }
        let garbage = || PullError::Garbage(shown(line));
        let line: PullLine = serde_json::from_str(line).map_err(|_| garbage())?;
        if let Some(error) = line.error {
            return Err(PullError::Refused(shown(&error)));
        }
        let status = line.status.ok_or_else(garbage)?;
        if status == "success" {
            return Ok(PullNews::Done);
        }
        if let (Some(digest), Some(total)) = (line.digest, line.total)
            && (self.layers.len() < MAX_LAYERS || self.layers.contains_key(&digest))
        {
            let bytes = (line.completed.unwrap_or_default().min(total), total);
            if self.layers.insert(digest, bytes) == Some(bytes) {
                return Ok(PullNews::Nothing);
            }
            let sum = |part: fn(&(u64, u64)) -> u64| self.layers.values().map(part).fold(0, u64::saturating_add);
            return Ok(PullNews::Bytes { completed: sum(|bytes| bytes.0), total: sum(|bytes| bytes.1) });
        }
        let status = shown(&status);
        if status == self.status {
            return Ok(PullNews::Nothing);
        }
        self.status.clone_from(&status);
        Ok(PullNews::Step(status))
    }
}

/// A text of the server as a terminal may get it: without control characters, and not long.
fn shown(text: &str) -> String {
    text.trim().chars().filter(|character| !character.is_control()).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn old_versions_are_recognised() {
        for (version, is_old) in [
            ("0.13.3", true),
            ("0.12.11", true),
            ("0.9.0", true),
            ("v0.1.32", true),
            ("0.13.4", false),
            ("0.13.4-rc1", false),
            ("0.20.0", false),
            ("1.0.0", false),
            ("0.0.0", false),
            ("nightly", false),
            ("0.1", false),
            ("0.1.2.3", false),
            ("0.99999999999999999999.0", false),
            ("", false),
        ] {
            let answer = json!({"version": version});
            let found = too_old(&answer);
            assert_eq!(found, is_old.then(|| (version, "0.13.4".to_owned())), "{version}");
        }
        for answer in [json!({}), json!(null), json!({"version": 1})] {
            assert_eq!(too_old(&answer), None);
        }
    }

    #[test]
    fn a_missing_tag_is_latest() {
        assert!(is_model("gpt-oss:20b", "gpt-oss:20b"));
        assert!(is_model("llama3:latest", "llama3"));
        assert!(!is_model("llama3:8b", "llama3"));
        assert!(!is_model("gpt-oss:20b:latest", "gpt-oss:20b"));
        assert!(!is_model("llama3", "llama"));
    }

    #[test]
    fn tags_are_names() {
        let answer = json!({"models": [{"name": "a:1"}, {"model": "b"}, "c"]});
        assert_eq!(tagged_models(&answer), Some(vec!["a:1"]));
        assert_eq!(tagged_models(&json!({"models": 3})), None);
    }

    fn bytes(completed: u64, total: u64) -> Result<PullNews, PullError> {
        Ok(PullNews::Bytes { completed, total })
    }

    #[test]
    fn a_pull_is_followed_to_its_end() {
        let mut pull = Pull::default();
        for (line, expected) in [
            (r#"{"status":"pulling manifest"}"#, Ok(PullNews::Step("pulling manifest".to_owned()))),
            (r#"{"status":"pulling manifest"}"#, Ok(PullNews::Nothing)),
            (r#"{"status":"pulling a","digest":"a","total":100}"#, bytes(0, 100)),
            (r#"{"status":"pulling a","digest":"a","total":100,"completed":40}"#, bytes(40, 100)),
            (r#"{"status":"pulling a","digest":"a","total":100,"completed":40}"#, Ok(PullNews::Nothing)),
            ("", Ok(PullNews::Nothing)),
            (r#"{"status":"pulling b","digest":"b","total":50,"completed":70}"#, bytes(90, 150)),
            (r#"{"status":"pulling a","digest":"a","total":100,"completed":100}"#, bytes(150, 150)),
            (r#"{"status":"verifying sha256 digest"}"#, Ok(PullNews::Step("verifying sha256 digest".to_owned()))),
            (r#"{"status":"success"}"#, Ok(PullNews::Done)),
        ] {
            assert_eq!(pull.on_line(line), expected, "{line}");
        }
    }

    #[test]
    fn failures_and_garbage_are_told() {
        let told = |line: &str| Pull::default().on_line(line).unwrap_err();
        assert_eq!(told(r#"{"error":"file does not exist"}"#), PullError::Refused("file does not exist".to_owned()));
        for line in ["<html>", "[]", "{}", r#"{"status":3}"#, r#"{"status":"a","total":-1}"#] {
            assert_eq!(told(line), PullError::Garbage(line.to_owned()));
        }
        assert_eq!(told(&"é".repeat(1000)), PullError::Garbage("é".repeat(SHOWN)));
        let red = json!({"error": "\u{1b}[31mred\n"}).to_string();
        assert_eq!(told(&red), PullError::Refused("[31mred".to_owned()));
    }

    #[test]
    fn sums_do_not_overflow() {
        let mut pull = Pull::default();
        for digest in ["a", "b"] {
            let line = json!({"status": "x", "digest": digest, "total": u64::MAX, "completed": u64::MAX});
            assert_eq!(pull.on_line(&line.to_string()), bytes(u64::MAX, u64::MAX));
        }
    }

    proptest! {
        #[test]
        fn no_line_breaks_a_pull_and_no_sum_exceeds_the_whole(
            lines in prop::collection::vec((0..4u8, 0..100u64, 0..100u64, "\\PC{0,12}"), 0..20),
        ) {
            let mut pull = Pull::default();
            for (digest, total, completed, text) in lines {
                let line = json!({"status": text, "digest": digest.to_string(), "total": total, "completed": completed});
                if let Ok(PullNews::Bytes { completed, total }) = pull.on_line(&line.to_string()) {
                    prop_assert!(completed <= total);
                }
                let _ = pull.on_line(&text);
            }
        }
    }
}
