//! Lists of stored threads, with what is known of those that are loaded.

use std::collections::BTreeMap;

use codex_app_server_protocol::v2::{
    SortDirection, Thread, ThreadListCwdFilter, ThreadListParams, ThreadListResponse, ThreadSortKey,
};
use codex_config_loader::LoadRequest;
use codex_thread_store::{ListQuery, Page, SortKey};

use crate::engine::Inner;
use crate::error::EngineError;
use crate::kept::show;

/// What the store is asked for.
pub(crate) fn query(params: &ThreadListParams) -> Result<ListQuery, EngineError> {
    let defaults = ListQuery::default();
    let sort = match params.sort_key {
        None | Some(ThreadSortKey::CreatedAt) => SortKey::CreatedAt,
        Some(ThreadSortKey::UpdatedAt) => SortKey::UpdatedAt,
        Some(ThreadSortKey::RecencyAt) => SortKey::RecencyAt,
        Some(ThreadSortKey::SectionPosition) => {
            return Err(EngineError::NotSupported("thread/list with sortKey section_position"));
        }
    };
    Ok(ListQuery {
        limit: params.limit.map_or(defaults.limit, |limit| limit as usize),
        cursor: params.cursor.as_deref().map(str::parse).transpose()?,
        sort,
        direction: params.sort_direction.unwrap_or(SortDirection::Desc),
        archived: params.archived.unwrap_or(false),
        cwd: params.cwd.as_ref().map(|cwd| match cwd {
            ThreadListCwdFilter::One(cwd) => vec![cwd.clone()],
            ThreadListCwdFilter::Many(cwds) => cwds.clone(),
        }),
        model_providers: params.model_providers.clone().unwrap_or_default(),
        source_kinds: params.source_kinds.clone().unwrap_or_default(),
        search_term: params.search_term.clone(),
    })
}

/// The page on the wire.
pub(crate) async fn response(inner: &Inner, page: Page) -> ThreadListResponse {
    let mut facts = inner.facts(page.threads.iter().map(|stored| stored.thread.id.clone()).collect()).await;
    let mut read_states = BTreeMap::new();
    let mut data = Vec::with_capacity(page.threads.len());
    for stored in page.threads {
        let mut thread = match inner.threads.get(&stored.thread.id) {
            Some(handle) => Thread { can_accept_direct_input: None, ..handle.shared.view().thread() },
            None => with_provider(inner, stored.thread),
        };
        let read_state = show(facts.remove(&thread.id).unwrap_or_default(), &mut thread);
        read_states.insert(thread.id.clone(), read_state);
        data.push(thread);
    }
    ThreadListResponse {
        data,
        read_states: Some(read_states),
        next_cursor: page.next.map(|cursor| cursor.to_string()),
        backwards_cursor: page.backwards.map(|cursor| cursor.to_string()),
    }
}

/// A stored thread whose file names no provider has the configured one.
pub(crate) fn with_provider(inner: &Inner, mut thread: Thread) -> Thread {
    if thread.model_provider.is_empty()
        && let Ok(config) = inner.deps.config.load_or_defaults(&LoadRequest::default())
    {
        thread.model_provider.clone_from(&config.model_provider_id);
    }
    thread
}
