//! Values of a log in one short line, without what must stay secret.

use serde_json::Value;

/// Longer values are cut.
const MAX_CHARS: usize = 80;

/// What stands in the place of a secret.
pub(super) const HIDDEN: &str = "(hidden)";

/// How names of secrets end, in small letters and without separators: `accessToken`, `OPENAI_API_KEY`, `X-Api-Key`.
const SECRETS: [&str; 7] = ["token", "apikey", "password", "secret", "authorization", "credentials", "privatekey"];

/// Whether a field with this name holds a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect();
    SECRETS.iter().any(|secret| plain.ends_with(secret))
}

/// The value as compact JSON, cut, with secrets hidden wherever they stand in it.
pub(super) fn shorten(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    crate::export::notation::cut(&out, MAX_CHARS)
}

/// Writes until the line is full; values come from the parser, so they are not nested deeply.
fn write(value: &Value, out: &mut String) {
    // Bytes are never fewer than characters, so this is enough to be cut.
    if out.len() > 4 * MAX_CHARS {
        return;
    }
    match value {
        Value::Object(fields) => {
            out.push('{');
            for (at, (name, field)) in fields.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                string(name, out);
                out.push(':');
                if is_secret(name) {
                    out.push_str(HIDDEN)
                } else {
                    write(field, out)
                }
                if out.len() > 4 * MAX_CHARS {
                    break;
                }
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
                if out.len() > 4 * MAX_CHARS {
                    break;
                }
            }
            out.push(']');
        }
        Value::String(text) => string(text, out),
        other => out.push_str(&other.to_string()),
    }
}

fn string(text: &str, out: &mut String) {
    let start = text.char_indices().nth(MAX_CHARS).map_or(text, |(at, _)| &text[..at]);
    out.push_str(&Value::from(start).to_string());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_found_by_their_names() {
        for name in ["token", "apiKey", "password", "authorization", "accessToken", "refresh_token", "X-Api-Key"] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["inputTokens", "tokenUsage", "text", "passwordless"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn values_are_cut_and_secrets_hidden() {
        let value = json!({ "a": [1, "x"], "headers": { "Authorization": "Bearer 1" }, "token": { "deep": 1 } });
        assert_eq!(shorten(&value), r#"{"a":[1,"x"],"headers":{"Authorization":(hidden)},"token":(hidden)}"#);
        let long = shorten(&json!("é".repeat(1_000_000)));
        assert_eq!(long.chars().count(), MAX_CHARS + 1);
        assert!(long.ends_with('…'));
        assert!(shorten(&json!(vec![1; 1_000_000])).chars().count() <= MAX_CHARS + 1);
    }
}
