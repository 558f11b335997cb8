//! What a provider's response headers say: the model that answers and the limits of the account.

use reqwest::header::HeaderMap;

/// The headers of an answer that we read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResponseHeaders {
    /// `openai-model`: the model that answers.
    pub model: Option<String>,
    /// `x-request-id`: the provider's name for the request.
    pub request_id: Option<String>,
    /// One entry a limit, the account's own (`codex`) first.
    pub rate_limits: Vec<RateLimits>,
}

/// The state of one limit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RateLimits {
    /// `codex`, or `codex_NAME` for a limit of its own.
    pub limit_id: String,
    /// The limit's name for people.
    pub limit_name: Option<String>,
    /// The short window.
    pub primary: Option<RateLimitWindow>,
    /// The long window.
    pub secondary: Option<RateLimitWindow>,
    /// Bought credits.
    pub credits: Option<Credits>,
}

/// How much of a window is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RateLimitWindow {
    /// Percent, rounded.
    pub used_percent: i32,
    /// Length of the window in minutes.
    pub window_minutes: Option<i64>,
    /// When it starts anew, in seconds since 1970.
    pub resets_at: Option<i64>,
}

/// Credits beside the limits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credits {
    /// Whether there are any.
    pub has_credits: bool,
    /// Whether they never end.
    pub unlimited: bool,
    /// What is left, as the provider writes it.
    pub balance: Option<String>,
}

const PREFIX: &str = "x-codex-";
const PRIMARY: &str = "-primary-used-percent";

impl ResponseHeaders {
    /// Reads what is there; values that make no sense count as absent.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let mut rate_limits = Vec::new();
        let own = limit(headers, "codex", PREFIX.trim_end_matches('-'));
        if own.primary.is_some() || own.secondary.is_some() || own.credits.is_some() {
            rate_limits.push(own);
        }
        for name in headers.keys() {
            let family = name.as_str().strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(PRIMARY));
            if let Some(family) = family {
                let id = format!("codex_{}", family.replace('-', "_"));
                let limit = limit(headers, &id, &format!("{PREFIX}{family}"));
                if limit.primary.is_some() {
                    rate_limits.push(limit);
                }
            }
        }
        Self { model: text(headers, "openai-model"), request_id: text(headers, "x-request-id"), rate_limits }
    }
}

fn limit(headers: &HeaderMap, id: &str, prefix: &str) -> RateLimits {
    RateLimits {
        limit_id: id.to_owned(),
        limit_name: text(headers, &format!("{prefix}-limit-name")),
        primary: window(headers, &format!("{prefix}-primary")),
        secondary: window(headers, &format!("{prefix}-secondary")),
        credits: credits(headers),
    }
}

fn window(headers: &HeaderMap, prefix: &str) -> Option<RateLimitWindow> {
    let used: f64 = text(headers, &format!("{prefix}-used-percent"))?.parse().ok()?;
    if !used.is_finite() {
        return None;
    }
    let number = |name: &str| text(headers, &format!("{prefix}-{name}")).and_then(|value| value.parse().ok());
    let window = RateLimitWindow {
        used_percent: used.round() as i32,
        window_minutes: number("window-minutes"),
        resets_at: number("reset-at"),
    };
    // A window that is neither used nor described is a header that says nothing.
    (used != 0.0 || window.window_minutes.is_some() || window.resets_at.is_some()).then_some(window)
}

fn credits(headers: &HeaderMap) -> Option<Credits> {
    let flag = |name: &str| match text(headers, name)?.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    };
    Some(Credits {
        has_credits: flag("x-codex-credits-has-credits")?,
        unlimited: flag("x-codex-credits-unlimited")?,
        balance: text(headers, "x-codex-credits-balance"),
    })
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse::<reqwest::header::HeaderName>().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn limits_credits_and_model_are_read() {
        let read = ResponseHeaders::read(&headers(&[
            ("x-codex-primary-used-percent", "12.6"),
            ("x-codex-primary-window-minutes", "300"),
            ("x-codex-primary-reset-at", "1900000000"),
            ("x-codex-secondary-used-percent", "50"),
            ("x-codex-credits-has-credits", "true"),
            ("x-codex-credits-unlimited", "false"),
            ("x-codex-credits-balance", "12.5"),
            ("x-codex-limit-name", "nm"),
            ("openai-model", "other"),
            ("x-request-id", "req_1"),
        ]));
        assert_eq!(
            read,
            ResponseHeaders {
                model: Some("other".into()),
                request_id: Some("req_1".into()),
                rate_limits: vec![RateLimits {
                    limit_id: "codex".into(),
                    limit_name: Some("nm".into()),
                    primary: Some(RateLimitWindow {
                        used_percent: 13,
                        window_minutes: Some(300),
                        resets_at: Some(1_900_000_000)
                    }),
                    secondary: Some(RateLimitWindow { used_percent: 50, ..Default::default() }),
                    credits: Some(Credits { has_credits: true, unlimited: false, balance: Some("12.5".into()) }),
                }],
            }
        );
    }

    #[test]
    fn a_limit_of_its_own_has_its_own_id() {
        let read = ResponseHeaders::read(&headers(&[("x-codex-bengalfox-primary-used-percent", "7")]));
        assert_eq!(read.rate_limits.len(), 1);
        assert_eq!(read.rate_limits[0].limit_id, "codex_bengalfox");
    }

    #[test]
    fn nonsense_counts_as_absent() {
        for value in ["abc", "NaN", "inf", "", "0"] {
            let read = ResponseHeaders::read(&headers(&[("x-codex-primary-used-percent", value)]));
            assert_eq!(read, ResponseHeaders::default(), "{value:?}");
        }
    }
}
