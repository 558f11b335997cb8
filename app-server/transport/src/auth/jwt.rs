//! JSON Web Tokens (RFC 7519) with an HS256 signature: checked, never made.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;

use super::SignedTokens;

/// What is wrong with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    #[error("the signed token is not valid")]
    Invalid,
    #[error("the signed token has expired")]
    Expired,
    #[error("the signed token is not valid yet")]
    TooEarly,
    #[error("the signed token is from another issuer")]
    Issuer,
    #[error("the signed token is for another audience")]
    Audience,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    /// Extensions that a reader must understand: there is none that we do.
    crit: Option<serde::de::IgnoredAny>,
}

/// What a token says, as far as it matters here. Times are whole Unix seconds.
#[derive(Deserialize)]
struct Claims {
    exp: i64,
    nbf: Option<i64>,
    iss: Option<String>,
    aud: Option<Audience>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    fn contains(&self, wanted: &str) -> bool {
        match self {
            Self::One(audience) => audience == wanted,
            Self::Many(audiences) => audiences.iter().any(|audience| audience == wanted),
        }
    }
}

/// Checks a token at a time in Unix seconds.
pub(super) fn check(token: &[u8], tokens: &SignedTokens, now: i64) -> Result<(), Fault> {
    let claims = signed_claims(token, &tokens.secret).ok_or(Fault::Invalid)?;
    let skew = i64::try_from(tokens.max_clock_skew.as_secs()).unwrap_or(i64::MAX);
    if claims.exp.saturating_add(skew) < now {
        return Err(Fault::Expired);
    }
    if claims.nbf.is_some_and(|from| from.saturating_sub(skew) > now) {
        return Err(Fault::TooEarly);
    }
    if tokens.issuer.is_some() && claims.iss != tokens.issuer {
        return Err(Fault::Issuer);
    }
    match &tokens.audience {
        Some(wanted) if !claims.aud.is_some_and(|audience| audience.contains(wanted)) => Err(Fault::Audience),
        _ => Ok(()),
    }
}

/// What a token with a good signature says.
fn signed_claims(token: &[u8], secret: &[u8]) -> Option<Claims> {
    let mut parts = token.split(|byte| *byte == b'.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(header);
    mac.update(b".");
    mac.update(claims);
    mac.verify_slice(&BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    let header: Header = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    if header.alg != "HS256" || header.crit.is_some() {
        return None;
    }
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::*;

    const SECRET: &[u8] = &[b's'; 32];
    const NOW: i64 = 1_800_000_000;

    fn signed(header: &Value, claims: &Value, secret: &[u8]) -> String {
        let [header, claims] = [header, claims].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.to_string()));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(format!("{header}.{claims}").as_bytes());
        format!("{header}.{claims}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    fn of(claims: &Value) -> String {
        signed(&json!({"alg": "HS256", "typ": "JWT"}), claims, SECRET)
    }

    fn tokens() -> SignedTokens {
        SignedTokens {
            issuer: Some("me".to_owned()),
            audience: Some("you".to_owned()),
            ..SignedTokens::new(SECRET).unwrap()
        }
    }

    fn with(change: Value) -> Value {
        let mut claims = json!({"exp": NOW + 60, "iss": "me", "aud": "you"});
        for (key, value) in change.as_object().unwrap() {
            claims[key] = value.clone();
        }
        claims
    }

    #[test]
    fn the_example_of_rfc_7515_is_read() {
        // Appendix A.1: made by somebody else, so that our own maker of tokens above proves nothing alone.
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0\
                     dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let secret = BASE64_URL_SAFE_NO_PAD.decode(key).unwrap();
        let tokens = SignedTokens { issuer: Some("joe".to_owned()), ..SignedTokens::new(&secret).unwrap() };
        assert_eq!(check(token.as_bytes(), &tokens, 1_300_819_380), Ok(()));
        assert_eq!(check(token.as_bytes(), &tokens, 1_300_819_411), Err(Fault::Expired));
    }

    #[test]
    fn each_claim_counts() {
        for (change, expected) in [
            (json!({}), Ok(())),
            (json!({"exp": NOW - 30}), Ok(())),
            (json!({"exp": NOW - 31}), Err(Fault::Expired)),
            (json!({"exp": -1}), Err(Fault::Expired)),
            (json!({"exp": i64::MIN}), Err(Fault::Expired)),
            (json!({"exp": i64::MAX, "nbf": i64::MIN}), Ok(())),
            (json!({"exp": null}), Err(Fault::Invalid)),
            (json!({"exp": "1900000000"}), Err(Fault::Invalid)),
            (json!({"exp": 1e40}), Err(Fault::Invalid)),
            (json!({"nbf": NOW + 30}), Ok(())),
            (json!({"nbf": NOW + 31}), Err(Fault::TooEarly)),
            (json!({"nbf": "now"}), Err(Fault::Invalid)),
            (json!({"iss": "Me"}), Err(Fault::Issuer)),
            (json!({"iss": null}), Err(Fault::Issuer)),
            (json!({"iss": ["me"]}), Err(Fault::Invalid)),
            (json!({"aud": ["them", "you"]}), Ok(())),
            (json!({"aud": "them"}), Err(Fault::Audience)),
            (json!({"aud": []}), Err(Fault::Audience)),
            (json!({"aud": null}), Err(Fault::Audience)),
            (json!({"aud": 1}), Err(Fault::Invalid)),
            (json!({"iat": NOW + 1000, "sub": "x"}), Ok(())),
        ] {
            assert_eq!(check(of(&with(change.clone())).as_bytes(), &tokens(), NOW), expected, "{change}");
        }
        let without_exp = json!({"iss": "me", "aud": "you"});
        assert_eq!(check(of(&without_exp).as_bytes(), &tokens(), NOW), Err(Fault::Invalid));
    }

    #[test]
    fn what_is_not_asked_for_is_not_looked_at() {
        let tokens = SignedTokens { max_clock_skew: Duration::ZERO, ..SignedTokens::new(SECRET).unwrap() };
        assert_eq!(check(of(&json!({"exp": NOW, "iss": "x", "aud": "y"})).as_bytes(), &tokens, NOW), Ok(()));
        assert_eq!(check(of(&json!({"exp": NOW - 1})).as_bytes(), &tokens, NOW), Err(Fault::Expired));
    }

    #[test]
    fn only_hs256_with_our_secret_is_a_signature() {
        let good = of(&with(json!({})));
        let cut = |text: &str| text.rsplit_once('.').unwrap().0.to_owned();
        for header in [
            json!({"alg": "none"}),
            json!({"alg": "HS512"}),
            json!({"alg": "hs256"}),
            json!({"typ": "JWT"}),
            json!({"alg": "HS256", "crit": ["exp"]}),
        ] {
            let token = signed(&header, &with(json!({})), SECRET);
            assert_eq!(check(token.as_bytes(), &tokens(), NOW), Err(Fault::Invalid), "{header}");
            let unsigned = format!("{}.", cut(&token));
            assert_eq!(check(unsigned.as_bytes(), &tokens(), NOW), Err(Fault::Invalid), "{header}");
        }
        let of_another = signed(&json!({"alg": "HS256"}), &with(json!({})), &[b'x'; 32]);
        let changed = {
            let (header, rest) = good.split_once('.').unwrap();
            let claims = BASE64_URL_SAFE_NO_PAD.encode(with(json!({"exp": NOW + 61})).to_string());
            format!("{header}.{claims}.{}", rest.split_once('.').unwrap().1)
        };
        for token in
            ["", ".", "..", "a.b.c", &cut(&good), &format!("{good}="), &format!("{good}.x"), &of_another, &changed]
        {
            assert_eq!(check(token.as_bytes(), &tokens(), NOW), Err(Fault::Invalid), "{token}");
        }
    }
}
