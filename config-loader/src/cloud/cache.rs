//! The bundle as it was last fetched, kept in CODEX_HOME so that a start within the hour asks nobody.
//!
//! The file is signed with a key of this program, which keeps an edit by hand from being taken for the workspace's word;
//! whoever can read this program can sign. A file that differs in a single byte from what would be written is not used.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::bundle::{BundleJson, CloudBundle};
use super::source::CloudIdentity;
use crate::edit::replace_private_file;
use crate::layers::is_missing;
use crate::platform;

/// How long a fetched bundle may be used.
pub(super) const LIFETIME: Duration = Duration::from_secs(60 * 60);

/// The form of the file, as codex 0.169.0 writes it.
const VERSION: u32 = 1;

/// Ours alone: a file of codex is not taken for ours, nor ours for one of codex.
const KEY: &[u8; 64] = b"open app-server: cloud config bundle cache, against casual edits";

/// The file and the lock beside it.
#[derive(Clone, Debug)]
pub(super) struct CacheFile {
    path: PathBuf,
    lock: PathBuf,
}

/// A bundle that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cached {
    pub bundle: CloudBundle,
    pub expires_at: SystemTime,
}

/// Why the file is not used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unusable {
    #[error("there is none")]
    Missing,
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    #[error("it is not in the form of this program")]
    Form,
    #[error("its signature does not fit")]
    Signature,
    #[error("it belongs to another account")]
    Identity,
    #[error("it has expired, or its times make no sense")]
    Expired,
    #[error("its bundle is not valid")]
    Bundle,
}

#[derive(Serialize, Deserialize)]
struct FileJson {
    signed_payload: PayloadJson,
    signature: String,
}

/// What is signed, in this order of fields.
#[derive(Serialize, Deserialize)]
struct PayloadJson {
    version: u32,
    cached_at: String,
    expires_at: String,
    chatgpt_user_id: String,
    account_id: String,
    bundle: BundleJson,
}

impl CacheFile {
    pub fn new(home: &Path) -> Self {
        let path = home.join("cloud-config-bundle-cache.json");
        Self { lock: path.with_extension("lock"), path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The bundle in the file, if all of it holds now and for this account.
    pub fn read(&self, identity: &CloudIdentity, now: SystemTime) -> Result<Cached, Unusable> {
        let text = std::fs::read_to_string(&self.path).map_err(|error| {
            if is_missing(&error) { Unusable::Missing } else { Unusable::Unreadable(error.to_string()) }
        })?;
        decode(&text, identity, now)
    }

    /// Keeps a bundle from now on for [`LIFETIME`]; an account without both of its ids keeps none. The time when it ends.
    pub fn write(&self, bundle: &CloudBundle, identity: &CloudIdentity, now: SystemTime) -> io::Result<SystemTime> {
        let expires_at = now + LIFETIME;
        if let Some(text) = encode(bundle, identity, now, expires_at)? {
            replace_private_file(&self.path, text.as_bytes())?;
        }
        Ok(expires_at)
    }

    /// Tries to become the one process that fetches; none while another one does.
    pub fn try_lock(&self) -> io::Result<Option<FetchLock>> {
        let file = platform::open_lock_file(&self.lock)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(FetchLock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// Held by the process that fetches; given back when it is dropped.
#[derive(Debug)]
pub(super) struct FetchLock {
    _file: File,
}

fn encode(
    bundle: &CloudBundle,
    identity: &CloudIdentity,
    cached_at: SystemTime,
    expires_at: SystemTime,
) -> io::Result<Option<String>> {
    let (Some(user), Some(account)) = (&identity.chatgpt_user_id, &identity.account_id) else {
        return Ok(None);
    };
    let time = |time| Timestamp::try_from(time).map(|time| time.to_string()).map_err(io::Error::other);
    let payload = PayloadJson {
        version: VERSION,
        cached_at: time(cached_at)?,
        expires_at: time(expires_at)?,
        chatgpt_user_id: user.clone(),
        account_id: account.clone(),
        bundle: bundle.to_json(),
    };
    let signature = STANDARD.encode(signed(&payload)?.finalize().into_bytes());
    Ok(Some(serde_json::to_string_pretty(&FileJson { signed_payload: payload, signature })?))
}

fn decode(text: &str, identity: &CloudIdentity, now: SystemTime) -> Result<Cached, Unusable> {
    let file: FileJson = serde_json::from_str(text).map_err(|_| Unusable::Form)?;
    let payload = &file.signed_payload;
    let given = STANDARD.decode(&file.signature).map_err(|_| Unusable::Signature)?;
    let signed = signed(payload).map_err(|_| Unusable::Form)?;
    signed.verify_slice(&given).map_err(|_| Unusable::Signature)?;
    // What reading passes over, such as unknown keys and spaces, is not signed.
    if payload.version != VERSION || serde_json::to_string_pretty(&file).ok().as_deref() != Some(text) {
        return Err(Unusable::Form);
    }
    let same = |stored: &str, now: &Option<String>| now.as_deref() == Some(stored);
    if !same(&payload.chatgpt_user_id, &identity.chatgpt_user_id) || !same(&payload.account_id, &identity.account_id) {
        return Err(Unusable::Identity);
    }
    let time = |text: &str| text.parse::<Timestamp>().map(SystemTime::from).map_err(|_| Unusable::Expired);
    let (cached_at, expires_at) = (time(&payload.cached_at)?, time(&payload.expires_at)?);
    // A clock that was set back would make the bundle last longer than it may.
    if now >= expires_at || now < cached_at || expires_at > cached_at + LIFETIME {
        return Err(Unusable::Expired);
    }
    let bundle = CloudBundle::from_json(file.signed_payload.bundle).map_err(|_| Unusable::Bundle)?;
    Ok(Cached { bundle, expires_at })
}

/// The signature over the payload as compact JSON, ready to be made or checked.
fn signed(payload: &PayloadJson) -> io::Result<Hmac<Sha256>> {
    let mut mac = <Hmac<Sha256> as Mac>::new(KEY.into());
    mac.update(&serde_json::to_vec(payload)?);
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::CloudFragment;
    use proptest::prelude::*;

    const NOW: Duration = Duration::from_secs(1_800_000_000);

    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + NOW
    }

    fn identity() -> CloudIdentity {
        CloudIdentity { chatgpt_user_id: Some("user-1".to_owned()), account_id: Some("acct-1".to_owned()) }
    }

    fn bundle() -> CloudBundle {
        let contents = "model = \"m\" # ü\n".to_owned();
        CloudBundle::new(vec![CloudFragment { id: "a".into(), name: "A".into(), contents }], Vec::new()).unwrap()
    }

    fn text() -> String {
        encode(&bundle(), &identity(), now(), now() + LIFETIME).unwrap().unwrap()
    }

    #[test]
    fn a_kept_bundle_is_used_until_it_expires() {
        for seconds in [0, 1, 3599] {
            let cached = decode(&text(), &identity(), now() + Duration::from_secs(seconds)).unwrap();
            assert_eq!(cached, Cached { bundle: bundle(), expires_at: now() + LIFETIME });
        }
        let late = now() + LIFETIME;
        assert_eq!(decode(&text(), &identity(), late), Err(Unusable::Expired));
        let early = now() - Duration::from_secs(1);
        assert_eq!(decode(&text(), &identity(), early), Err(Unusable::Expired));
    }

    #[test]
    fn it_lasts_no_longer_than_it_may() {
        let text = encode(&bundle(), &identity(), now(), now() + 2 * LIFETIME).unwrap().unwrap();
        assert_eq!(decode(&text, &identity(), now()), Err(Unusable::Expired));
    }

    #[test]
    fn both_ids_must_be_known_and_the_same() {
        let other = |user: Option<&str>, account: Option<&str>| CloudIdentity {
            chatgpt_user_id: user.map(str::to_owned),
            account_id: account.map(str::to_owned),
        };
        for identity in [
            other(Some("user-2"), Some("acct-1")),
            other(Some("user-1"), Some("acct-2")),
            other(None, Some("acct-1")),
            other(Some("user-1"), None),
        ] {
            assert_eq!(decode(&text(), &identity, now()), Err(Unusable::Identity), "{identity:?}");
        }
        assert_eq!(encode(&bundle(), &other(None, Some("acct-1")), now(), now()).unwrap(), None);
    }

    #[test]
    fn the_file_has_the_form_that_codex_writes() {
        let json: serde_json::Value = serde_json::from_str(&text()).unwrap();
        let payload = &json["signed_payload"];
        let keys: Vec<_> = payload.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["version", "cached_at", "expires_at", "chatgpt_user_id", "account_id", "bundle"]);
        assert_eq!(payload["version"], 1);
        assert_eq!(payload["cached_at"], "2027-01-15T08:00:00Z");
        assert_eq!(payload["bundle"]["config_toml"]["enterprise_managed"][0]["id"], "a");
        let mut mac = Hmac::<Sha256>::new_from_slice(KEY).unwrap();
        mac.update(payload.to_string().as_bytes());
        assert_eq!(json["signature"], STANDARD.encode(mac.finalize().into_bytes()));
    }

    #[test]
    fn another_version_is_not_read() {
        let mut file: FileJson = serde_json::from_str(&text()).unwrap();
        file.signed_payload.version += 1;
        file.signature = STANDARD.encode(signed(&file.signed_payload).unwrap().finalize().into_bytes());
        let text = serde_json::to_string_pretty(&file).unwrap();
        assert_eq!(decode(&text, &identity(), now()), Err(Unusable::Form));
    }

    proptest! {
        #[test]
        fn any_changed_byte_makes_it_unusable(at in any::<prop::sample::Index>(), change in 1u8..) {
            let mut bytes = text().into_bytes();
            let at = at.index(bytes.len());
            bytes[at] ^= change;
            let read = String::from_utf8(bytes).map(|text| decode(&text, &identity(), now()).is_ok());
            prop_assert_ne!(read, Ok(true));
        }

        #[test]
        fn a_text_cut_short_is_unusable(end in any::<prop::sample::Index>()) {
            let text = text();
            let end = end.index(text.len());
            let start = text.get(..end).unwrap_or_default();
            prop_assert!(decode(start, &identity(), now()).is_err());
        }
    }
}
