//! The flags that say what websocket clients have to show.
//!
//! What must hold: what is said here never contains a secret, only the names of files and flags.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use clap::{Args, ValueEnum};
use codex_app_server_transport::{SignedTokens, WebSocketAuth};

/// What websocket clients have to show.
#[derive(Clone, Debug, Default, Args)]
pub struct WsAuth {
    /// What clients must carry in `Authorization: Bearer ...` to open a websocket on ws://IP:PORT.
    #[arg(long, value_name = "MODE")]
    pub ws_auth: Option<WsAuthMode>,

    /// The file with the token of --ws-auth capability-token.
    #[arg(long, value_name = "FILE")]
    pub ws_token_file: Option<PathBuf>,

    /// The SHA-256 of the token of --ws-auth capability-token, as 64 hex digits.
    #[arg(long, value_name = "HEX")]
    pub ws_token_sha256: Option<String>,

    /// The file with the secret, at least 32 bytes, that tokens of --ws-auth signed-bearer-token are signed with (HS256).
    #[arg(long, value_name = "FILE")]
    pub ws_shared_secret_file: Option<PathBuf>,

    /// What `iss` of a signed token must be.
    #[arg(long, value_name = "ISSUER")]
    pub ws_issuer: Option<String>,

    /// What `aud` of a signed token must be or contain.
    #[arg(long, value_name = "AUDIENCE")]
    pub ws_audience: Option<String>,

    /// How far the clocks of the signer and this machine may be apart [default: 30].
    #[arg(long, value_name = "SECONDS")]
    pub ws_max_clock_skew_seconds: Option<u64>,
}

/// What websocket clients have to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WsAuthMode {
    /// One token that all clients know.
    CapabilityToken,
    /// A JSON Web Token that was signed with a shared secret.
    SignedBearerToken,
}

impl WsAuth {
    /// What clients have to show, with the files read; `None` for nothing.
    ///
    /// # Errors
    /// When flags do not go together, or a file cannot serve.
    pub(super) fn load(&self) -> anyhow::Result<Option<WebSocketAuth>> {
        let has_token_flag = self.ws_token_file.is_some() || self.ws_token_sha256.is_some();
        let has_signed_flag = self.ws_shared_secret_file.is_some()
            || self.ws_issuer.is_some()
            || self.ws_audience.is_some()
            || self.ws_max_clock_skew_seconds.is_some();
        match self.ws_auth {
            None => {
                ensure!(
                    !has_token_flag && !has_signed_flag,
                    "websocket auth flags require `--ws-auth` with `capability-token` or `signed-bearer-token`"
                );
                Ok(None)
            }
            Some(WsAuthMode::CapabilityToken) => {
                ensure!(
                    !has_signed_flag,
                    "`--ws-shared-secret-file`, `--ws-issuer`, `--ws-audience` and `--ws-max-clock-skew-seconds` require \
                     `--ws-auth signed-bearer-token`"
                );
                self.capability_token().map(Some)
            }
            Some(WsAuthMode::SignedBearerToken) => {
                ensure!(
                    !has_token_flag,
                    "`--ws-token-file` and `--ws-token-sha256` require `--ws-auth capability-token`"
                );
                self.signed_tokens().map(Some)
            }
        }
    }

    fn capability_token(&self) -> anyhow::Result<WebSocketAuth> {
        match (&self.ws_token_file, &self.ws_token_sha256) {
            (Some(_), Some(_)) => bail!("`--ws-token-file` and `--ws-token-sha256` are mutually exclusive"),
            (Some(path), None) => Ok(WebSocketAuth::token(&read_secret(path)?)),
            (None, Some(hex)) => {
                let hash = sha256(hex).context("`--ws-token-sha256` must be a SHA-256 of 64 hex digits")?;
                Ok(WebSocketAuth::token_sha256(hash))
            }
            (None, None) => {
                bail!("`--ws-token-file` or `--ws-token-sha256` is required when `--ws-auth` is `capability-token`")
            }
        }
    }

    fn signed_tokens(&self) -> anyhow::Result<WebSocketAuth> {
        let path = self
            .ws_shared_secret_file
            .as_ref()
            .context("`--ws-shared-secret-file` is required when `--ws-auth` is `signed-bearer-token`")?;
        let mut tokens = SignedTokens::new(&read_secret(path)?)
            .with_context(|| format!("the shared secret in {} must have at least 32 bytes", path.display()))?;
        tokens.issuer = words(self.ws_issuer.as_deref());
        tokens.audience = words(self.ws_audience.as_deref());
        if let Some(seconds) = self.ws_max_clock_skew_seconds {
            tokens.max_clock_skew = Duration::from_secs(seconds);
        }
        Ok(WebSocketAuth::signed(tokens))
    }
}

/// What stands in a file, without white space around it.
fn read_secret(path: &Path) -> anyhow::Result<Vec<u8>> {
    let text = fs::read(path).with_context(|| format!("failed to read websocket auth secret {}", path.display()))?;
    let secret = text.trim_ascii();
    ensure!(!secret.is_empty(), "websocket auth secret {} must not be empty", path.display());
    Ok(secret.to_vec())
}

/// Nothing is asked for by an empty word.
fn words(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
}

fn sha256(hex: &str) -> Option<[u8; 32]> {
    let digits = hex.trim().as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| !pair.starts_with('+'))?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_64_hex_digits() {
        let hex = "00ff10".to_owned() + &"aB".repeat(29);
        assert_eq!(sha256(&hex).unwrap()[..4], [0, 255, 16, 0xab]);
        assert_eq!(sha256(&format!(" {hex}\n")), sha256(&hex));
        for wrong in ["", "00", &hex[1..], &format!("{hex}0"), &format!("+{}", &hex[1..]), &hex.replace('f', "g")] {
            assert_eq!(sha256(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_issuer_that_is_not_there_is_not_asked_for() {
        assert_eq!(words(Some("  me ")), Some("me".to_owned()));
        assert_eq!(words(Some(" ")), None);
    }
}
