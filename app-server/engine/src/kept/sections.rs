//! `threadSection/*` and `thread/section/move`.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    ThreadSection, ThreadSectionAppearance, ThreadSectionChangedNotification, ThreadSectionCreateParams,
    ThreadSectionCreateResponse, ThreadSectionDeleteParams, ThreadSectionDeleteResponse, ThreadSectionListParams,
    ThreadSectionListResponse, ThreadSectionMoveParams, ThreadSectionMoveResponse, ThreadSectionUpdateParams,
    ThreadSectionUpdateResponse,
};
use codex_thread_state::SectionChange;

use super::Known;
use crate::engine::{Engine, Reply};
use crate::error::EngineError;
use crate::registry::thread_id;

/// How long the name of an icon or colour may be, in bytes.
const MAX_LOOK: usize = 64;

impl Engine {
    /// Lists the sections.
    pub async fn list_sections(&self, params: ThreadSectionListParams, reply: Reply<ThreadSectionListResponse>) {
        let page = self.inner.state.sections(params.cursor, params.limit).await;
        reply(match page {
            Ok(page) => Ok(ThreadSectionListResponse { data: page.data, next_cursor: page.next }),
            Err(error) => Err(error.into()),
        });
    }

    /// Makes a section.
    pub async fn create_section(&self, params: ThreadSectionCreateParams, reply: Reply<ThreadSectionCreateResponse>) {
        let name = match named(&params.name).and_then(|name| check_look(params.appearance.as_ref()).map(|()| name)) {
            Ok(name) => name,
            Err(error) => return reply(Err(error)),
        };
        let section = ThreadSection { id: self.inner.deps.env.new_id(), name, appearance: params.appearance };
        let created = self.inner.state.create_section(section.clone()).await;
        reply(created.map(|()| ThreadSectionCreateResponse { section }).map_err(EngineError::from));
    }

    /// Renames a section, or changes how it looks.
    pub async fn update_section(&self, params: ThreadSectionUpdateParams, reply: Reply<ThreadSectionUpdateResponse>) {
        let look = params.appearance.as_ref().and_then(Option::as_ref);
        let name = match named(&params.name).and_then(|name| check_look(look).map(|()| name)) {
            Ok(name) => name,
            Err(error) => return reply(Err(error)),
        };
        let change = SectionChange { id: params.section_id, name, appearance: params.appearance };
        let updated = self.inner.state.update_section(change).await;
        reply(updated.map(|section| ThreadSectionUpdateResponse { section }).map_err(EngineError::from));
    }

    /// Deletes a section; its threads are in none then.
    pub async fn delete_section(&self, params: ThreadSectionDeleteParams, reply: Reply<ThreadSectionDeleteResponse>) {
        let deleted = self.inner.state.delete_section(params.section_id).await;
        reply(deleted.map(|()| ThreadSectionDeleteResponse {}).map_err(EngineError::from));
    }

    /// Puts a thread into a section, to another place of it, or out of it. Everyone is told.
    pub async fn move_to_section(&self, params: ThreadSectionMoveParams, reply: Reply<ThreadSectionMoveResponse>) {
        match self.moved(params).await {
            Ok(changed) => {
                reply(Ok(ThreadSectionMoveResponse {}));
                self.inner.broadcast(ServerNotification::ThreadSectionChanged(changed));
            }
            Err(error) => reply(Err(error)),
        }
    }

    async fn moved(&self, params: ThreadSectionMoveParams) -> Result<ThreadSectionChangedNotification, EngineError> {
        let id = thread_id(&params.thread_id)?;
        let before = match params.before_thread_id.as_deref().map(thread_id).transpose() {
            Ok(before) => before,
            Err(EngineError::InvalidThreadId { reason, .. }) => {
                return Err(EngineError::Refused(format!("invalid before thread id: {reason}")));
            }
            Err(error) => return Err(error),
        };
        if before.is_some() && params.section_id.is_none() {
            return Err(EngineError::Refused("beforeThreadId requires a non-null sectionId".to_owned()));
        }
        if before.as_ref() == Some(&id) {
            return Err(EngineError::Refused(format!("thread {id} cannot be moved before itself")));
        }
        match self.inner.known(&id).await? {
            None => return Err(EngineError::ThreadNotFound(id)),
            Some(Known::Loaded(handle)) if handle.shared.log.is_ephemeral() => {
                return Err(EngineError::Ephemeral { id, what: "section moves" });
            }
            Some(_) => {}
        }
        let now = self.inner.deps.env.now_ms();
        self.inner.state.move_to_section(id.clone(), params.section_id.clone(), before, now).await?;
        Ok(ThreadSectionChangedNotification { thread_id: id, section_id: params.section_id })
    }
}

fn named(name: &str) -> Result<String, EngineError> {
    match name.trim() {
        "" => Err(EngineError::BadParams("section name must not be empty".to_owned())),
        name => Ok(name.to_owned()),
    }
}

fn check_look(look: Option<&ThreadSectionAppearance>) -> Result<(), EngineError> {
    let Some(look) = look else { return Ok(()) };
    for (what, text) in [("icon", &look.icon), ("color", &look.color)] {
        if text.as_ref().is_some_and(|text| text.len() > MAX_LOOK) {
            return Err(EngineError::BadParams(format!("section appearance {what} must not exceed {MAX_LOOK} bytes")));
        }
    }
    Ok(())
}
