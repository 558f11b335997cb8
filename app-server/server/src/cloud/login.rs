//! Who is signed in, as far as the workspace's managed configuration is concerned.

use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use codex_app_server_protocol::v2::PlanType;
use codex_config_loader::{CloudAccount, CloudIdentity, TokenRefreshError};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;

use crate::auth::{AuthFile, ChatGptTokens};

/// The login in auth.json, read anew at each use.
pub(crate) struct WorkspaceLogin {
    file: AuthFile,
    /// The access token that the backend saw last.
    last_token: Mutex<Option<String>>,
}

/// What a request to the backend carries.
pub(super) struct Access {
    pub(super) token: String,
    pub(super) account_id: Option<String>,
}

/// What is read of an id token.
#[derive(Deserialize)]
struct Claims {
    #[serde(rename = "https://api.openai.com/auth")]
    auth: AuthClaims,
}

#[derive(Deserialize)]
struct AuthClaims {
    #[serde(default)]
    chatgpt_plan_type: Option<String>,
    #[serde(default)]
    chatgpt_user_id: Option<String>,
    #[serde(default)]
    user_id: Option<String>,
}

impl WorkspaceLogin {
    pub(super) fn new(file: AuthFile) -> Self {
        Self { file, last_token: Mutex::new(None) }
    }

    /// Whether the login brings managed configuration.
    pub(super) fn is_managed(&self) -> bool {
        self.tokens_and_identity().is_some()
    }

    /// What a request for this account carries; none when another one has signed in meanwhile.
    pub(super) fn access(&self, identity: &CloudIdentity) -> Option<Access> {
        let (tokens, now) = self.tokens_and_identity()?;
        if now != *identity {
            return None;
        }
        *self.last_token.lock().unwrap_or_else(PoisonError::into_inner) = Some(tokens.access_token.clone());
        Some(Access { token: tokens.access_token, account_id: tokens.account_id })
    }

    fn tokens_and_identity(&self) -> Option<(ChatGptTokens, CloudIdentity)> {
        let tokens = self.file.chatgpt_tokens()?;
        let claims = claims(&tokens.id_token)?;
        if !brings_managed_configuration(plan(claims.chatgpt_plan_type.as_deref())) {
            return None;
        }
        let identity = CloudIdentity {
            chatgpt_user_id: claims.chatgpt_user_id.or(claims.user_id),
            account_id: tokens.account_id.clone(),
        };
        Some((tokens, identity))
    }
}

impl CloudAccount for WorkspaceLogin {
    fn identity(&self) -> Option<CloudIdentity> {
        self.tokens_and_identity().map(|(_, identity)| identity)
    }

    async fn refresh_token(&self) -> Result<(), TokenRefreshError> {
        let now = self.file.chatgpt_tokens().map(|tokens| tokens.access_token);
        let last = self.last_token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if now.is_some() && now != last {
            // Another process has renewed it meanwhile.
            return Ok(());
        }
        Err(TokenRefreshError::new("this server cannot renew ChatGPT tokens yet; sign in again with codex"))
    }
}

/// What an id token says, without a check of its signature; none when it is no such token.
fn claims(token: &str) -> Option<AuthClaims> {
    let mut parts = token.split('.');
    let (Some(header), Some(payload), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    if header.is_empty() || signature.is_empty() {
        return None;
    }
    let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
    serde_json::from_slice(&payload).ok().map(|claims: Claims| claims.auth)
}

/// The plan that a claim names; two have an older name.
fn plan(name: Option<&str>) -> PlanType {
    let name = match name {
        None => return PlanType::Unknown,
        Some("hc") => return PlanType::Enterprise,
        Some("education") => return PlanType::Edu,
        Some(name) => name,
    };
    let name: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    PlanType::deserialize(name).unwrap_or(PlanType::Unknown)
}

/// The plans whose workspaces may have managed configuration.
fn brings_managed_configuration(plan: PlanType) -> bool {
    match plan {
        PlanType::Business
        | PlanType::Ent26
        | PlanType::EnterpriseCbpAutomation
        | PlanType::EnterpriseCbpUsageBased
        | PlanType::Enterprise
        | PlanType::Edu
        | PlanType::EduPlus
        | PlanType::EduPro
        | PlanType::Sci
        | PlanType::SciPlus => true,
        PlanType::Free
        | PlanType::Go
        | PlanType::Plus
        | PlanType::Pro
        | PlanType::Prolite
        | PlanType::Promax
        | PlanType::Team
        | PlanType::SelfServeBusinessProlite
        | PlanType::SelfServeBusinessUsageBased
        | PlanType::Unknown => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use serde_json::{Value, json};

    fn token(auth: Value) -> String {
        let payload = json!({"email": "u@example.com", "https://api.openai.com/auth": auth}).to_string();
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload))
    }

    fn login(auth_file: &Value) -> (tempfile::TempDir, Arc<WorkspaceLogin>) {
        let home = tempfile::tempdir().unwrap();
        write(&home, auth_file);
        let login = WorkspaceLogin::new(AuthFile::new(home.path()));
        (home, Arc::new(login))
    }

    fn write(home: &tempfile::TempDir, auth_file: &Value) {
        std::fs::write(home.path().join("auth.json"), auth_file.to_string()).unwrap();
    }

    fn signed_in(plan: &str, access_token: &str) -> Value {
        let id_token = token(json!({"chatgpt_plan_type": plan, "chatgpt_user_id": "user-1", "user_id": "other"}));
        let tokens = json!({"id_token": id_token, "access_token": access_token, "account_id": "acct-1"});
        json!({"auth_mode": "chatgpt", "OPENAI_API_KEY": null, "tokens": tokens})
    }

    #[test]
    fn plans_are_told_apart_as_the_reference_does() {
        for name in ["business", "enterprise", "hc", "edu", "education", "edu_plus", "sci_plus", "ent26"] {
            assert!(login(&signed_in(name, "t")).1.is_managed(), "{name}");
        }
        for name in ["free", "plus", "team", "promax", "self_serve_business_usage_based", "ENTERPRISE", "new", ""] {
            assert!(!login(&signed_in(name, "t")).1.is_managed(), "{name}");
        }
    }

    #[test]
    fn the_identity_is_that_of_the_user_and_the_chosen_workspace() {
        let (_home, login) = login(&signed_in("edu", "t"));
        let identity =
            CloudIdentity { chatgpt_user_id: Some("user-1".to_owned()), account_id: Some("acct-1".to_owned()) };
        assert_eq!(login.identity(), Some(identity.clone()));
        let access = login.access(&identity).unwrap();
        assert_eq!((access.token.as_str(), access.account_id.as_deref()), ("t", Some("acct-1")));
        assert!(login.access(&CloudIdentity::default()).is_none());
    }

    #[test]
    fn what_is_no_workspace_login_is_passed_over() {
        let key =
            json!({"auth_mode": "apikey", "OPENAI_API_KEY": "sk-made-up", "tokens": signed_in("edu", "t")["tokens"]});
        let with_id_token = |id_token: &str| json!({"tokens": {"id_token": id_token, "access_token": "t"}});
        let payload = URL_SAFE_NO_PAD.encode(r#"{"https://api.openai.com/auth": {"chatgpt_plan_type": 3}}"#);
        for file in [
            json!({}),
            key,
            json!({"auth_mode": "chatgpt"}),
            with_id_token(""),
            with_id_token("a.b"),
            with_id_token("a.!.c"),
            with_id_token(&format!(".{payload}.c")),
            with_id_token(&format!("a.{payload}.c")),
            with_id_token(&token(json!({}))),
        ] {
            assert!(!login(&file).1.is_managed(), "{file}");
        }
        let without_ids = with_id_token(&token(json!({"chatgpt_plan_type": "edu"})));
        assert_eq!(login(&without_ids).1.identity(), Some(CloudIdentity::default()));
    }

    #[tokio::test]
    async fn a_token_that_another_process_renewed_is_taken() {
        let (home, login) = login(&signed_in("edu", "old"));
        let identity = login.identity().unwrap();
        login.access(&identity).unwrap();
        assert!(login.refresh_token().await.unwrap_err().to_string().contains("sign in again"));
        write(&home, &signed_in("edu", "new"));
        login.refresh_token().await.unwrap();
        assert_eq!(login.access(&identity).unwrap().token, "new");
    }
}
