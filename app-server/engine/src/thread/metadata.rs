//! What clients change about a thread beside its history.

use codex_app_server_protocol::v2::{Thread, ThreadMetadataUpdateParams, ThreadMetadataUpdateResponse};
use codex_thread_store::MetadataChange;

use super::actor::Actor;
use crate::engine::Reply;
use crate::error::EngineError;

/// A change that was found to be one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MetadataUpdate {
    /// What is to be stored; empty when there is nothing but the project.
    pub(crate) change: MetadataChange,
    /// The project that the thread is put into, or that it is taken out of its one.
    pub(crate) project: Option<Option<String>>,
}

impl MetadataUpdate {
    /// Reads a request. Texts lose the blanks around them.
    pub(crate) fn new(params: ThreadMetadataUpdateParams) -> Result<Self, EngineError> {
        let ThreadMetadataUpdateParams { thread_id: _, project_id, git_info, daybreak_enabled } = params;
        if project_id.is_none() && git_info.is_none() && daybreak_enabled.is_none() {
            return Err(EngineError::NoMetadata("thread metadata update"));
        }
        let project = project_id.map(|project| (!project.is_empty()).then_some(project));
        let mut git_info = git_info;
        if let Some(git) = &mut git_info {
            if git.sha.is_none() && git.branch.is_none() && git.origin_url.is_none() {
                return Err(EngineError::NoMetadata("gitInfo"));
            }
            trim(&mut git.sha, "gitInfo.sha")?;
            trim(&mut git.branch, "gitInfo.branch")?;
            trim(&mut git.origin_url, "gitInfo.originUrl")?;
        }
        Ok(Self { change: MetadataChange { git_info, daybreak_enabled }, project })
    }
}

fn trim(field: &mut Option<Option<String>>, name: &'static str) -> Result<(), EngineError> {
    let Some(Some(text)) = field else { return Ok(()) };
    *text = text.trim().to_owned();
    if text.is_empty() { Err(EngineError::EmptyMetadata(name)) } else { Ok(()) }
}

impl Actor {
    pub(super) async fn update_metadata(&mut self, change: MetadataChange, reply: Reply<ThreadMetadataUpdateResponse>) {
        let id = self.shared.id.to_string();
        if change != MetadataChange::default()
            && let Err(error) = self.store.set_metadata(&id, change.clone()).await
        {
            return reply(Err(error.into()));
        }
        let thread = {
            let mut view = self.shared.view();
            view.change(&change);
            Thread { can_accept_direct_input: None, ..view.thread() }
        };
        reply(Ok(ThreadMetadataUpdateResponse { thread }));
    }
}

#[cfg(test)]
mod tests {
    use codex_app_server_protocol::v2::ThreadMetadataGitInfoUpdateParams;

    use super::*;

    fn git(sha: Option<Option<&str>>, branch: Option<Option<&str>>) -> Result<MetadataUpdate, String> {
        let own = |field: Option<Option<&str>>| field.map(|text| text.map(str::to_owned));
        let git = ThreadMetadataGitInfoUpdateParams { sha: own(sha), branch: own(branch), origin_url: None };
        let params = ThreadMetadataUpdateParams { git_info: Some(git), ..ThreadMetadataUpdateParams::default() };
        MetadataUpdate::new(params).map_err(|error| error.to_string())
    }

    #[test]
    fn texts_lose_their_blanks_and_empty_ones_are_refused() {
        let update = git(Some(Some(" abc ")), Some(None)).unwrap();
        let info = update.change.git_info.unwrap();
        assert_eq!((info.sha, info.branch, info.origin_url), (Some(Some("abc".to_owned())), Some(None), None));
        assert_eq!(git(Some(Some("")), Some(Some(""))).unwrap_err(), "gitInfo.sha must not be empty");
        assert_eq!(git(None, Some(Some(" "))).unwrap_err(), "gitInfo.branch must not be empty");
        assert_eq!(git(None, None).unwrap_err(), "gitInfo must include at least one field");
    }

    #[test]
    fn an_empty_project_is_none() {
        let project = |id: &str| {
            let params =
                ThreadMetadataUpdateParams { project_id: Some(id.to_owned()), ..ThreadMetadataUpdateParams::default() };
            MetadataUpdate::new(params).unwrap().project
        };
        assert_eq!(project("p"), Some(Some("p".to_owned())));
        assert_eq!(project(""), Some(None));
        let nothing = MetadataUpdate::new(ThreadMetadataUpdateParams::default()).unwrap_err().to_string();
        assert_eq!(nothing, "thread metadata update must include at least one field");
    }
}
