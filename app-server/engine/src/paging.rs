//! Looking into threads page by page: turns, items, matches, the timeline.
//!
//! The store's files tell everything, also of the turn that runs: what is announced as completed stands in them before.
//! They do not tell that it still runs; that is added here. Nobody waits for the thread's own task.

use std::sync::Arc;

use codex_app_server_protocol::{v1, v2};
use codex_thread_store::{ConversationName, DatedThread, StoreError};

use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;
use crate::listing;
use crate::registry::thread_id;
use crate::thread::Handle;

/// How many items may be read by their ids at once.
const MAX_ITEM_IDS: usize = 100;

impl Engine {
    /// Lists the turns of a thread, loaded or stored.
    pub fn list_turns(&self, params: v2::ThreadTurnsListParams, reply: Reply<v2::ThreadTurnsListResponse>) {
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move { reply(inner.turns_page(params).await) });
    }

    /// Lists the items of a thread or of one of its turns.
    pub fn list_items(&self, mut params: v2::ThreadItemsListParams, reply: Reply<v2::ThreadItemsListResponse>) {
        let has_anchor = matches!(params.cursor, Some(v2::ThreadItemsListCursor::Anchor(_)));
        let names_turn = params.turn_id.as_ref().is_some_and(|turn| !turn.is_empty());
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            reply(match thread_id(&params.thread_id) {
                Err(error) => Err(error),
                Ok(_) if has_anchor && !names_turn => Err(EngineError::AnchorWithoutTurn),
                Ok(id) => {
                    params.thread_id = id;
                    of_paginated("thread/items/list", inner.deps.store.items_page(params).await)
                }
            });
        });
    }

    /// Reads items of one turn by their ids.
    pub fn read_items(&self, mut params: v2::ThreadItemsReadParams, reply: Reply<v2::ThreadItemsReadResponse>) {
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            reply(match thread_id(&params.thread_id) {
                Err(error) => Err(error),
                Ok(_) if params.item_ids.is_empty() || params.item_ids.len() > MAX_ITEM_IDS => {
                    Err(EngineError::ItemIds(MAX_ITEM_IDS))
                }
                Ok(id) => {
                    params.thread_id = id;
                    of_paginated("thread/items/read", inner.deps.store.items(params).await)
                }
            });
        });
    }

    /// Finds a text in the messages of a thread.
    pub fn search_occurrences(
        &self,
        mut params: v2::ThreadSearchOccurrencesParams,
        reply: Reply<v2::ThreadSearchOccurrencesResponse>,
    ) {
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            reply(match thread_id(&params.thread_id) {
                Err(error) => Err(error),
                Ok(_) if params.search_term.trim().is_empty() => Err(EngineError::EmptySearchTerm),
                Ok(id) => {
                    params.thread_id = id;
                    of_paginated("thread/searchOccurrences", inner.deps.store.occurrences(params).await)
                }
            });
        });
    }

    /// Lists what happened in a thread in its order.
    pub fn list_timeline(
        &self,
        mut params: v2::ThreadTimelineListParams,
        reply: Reply<v2::ThreadTimelineListResponse>,
    ) {
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            reply(match thread_id(&params.thread_id) {
                Err(error) => Err(error),
                Ok(id) => {
                    params.thread_id = id;
                    of_paginated("thread/timeline/list", inner.deps.store.timeline_page(params).await)
                }
            });
        });
    }

    /// Tells about a stored thread in the form of version 1.
    pub fn conversation_summary(
        &self,
        params: v1::GetConversationSummaryParams,
        reply: Reply<v1::GetConversationSummaryResponse>,
    ) {
        let name = match params {
            v1::GetConversationSummaryParams::RolloutPath { rollout_path } => {
                ConversationName::Path(rollout_path.into())
            }
            v1::GetConversationSummaryParams::ConversationId { conversation_id } => {
                ConversationName::Thread(conversation_id.to_string())
            }
        };
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            reply(match inner.deps.store.dated(name.clone()).await {
                Ok(dated) => Ok(v1::GetConversationSummaryResponse { summary: summary(&inner, dated) }),
                Err(StoreError::NotFound { .. }) => Err(match name {
                    ConversationName::Thread(id) => EngineError::ConversationNotFound(id),
                    ConversationName::Path(path) => {
                        EngineError::RolloutPathNotFound(path.to_string_lossy().into_owned())
                    }
                }),
                Err(error) => Err(error.into()),
            });
        });
    }

    /// Begins to compress the files of threads that were not used for a while. Nobody is told how that goes.
    pub fn compress_rollouts(&self) {
        let packing = self.inner.deps.store.pack();
        tokio::spawn(async move {
            if let Err(error) = packing.await {
                tracing::warn!(%error, "rollouts could not be compressed");
            }
        });
    }
}

impl Inner {
    /// A page of a thread's turns; one that runs is in progress.
    pub(crate) async fn turns_page(
        &self,
        mut params: v2::ThreadTurnsListParams,
    ) -> Result<v2::ThreadTurnsListResponse, EngineError> {
        let id = thread_id(&params.thread_id)?;
        params.thread_id.clone_from(&id);
        let Some(handle) = self.threads.get(&id) else {
            return self.deps.store.turns_page(params).await.map_err(|error| match error {
                StoreError::NotFound { id } => EngineError::ThreadNotLoaded(id),
                error => error.into(),
            });
        };
        if handle.shared.log.is_ephemeral() {
            return Err(EngineError::EphemeralPaging("thread/turns/list"));
        }
        let page = self.turns_of_loaded(&handle, params).await;
        page.map_err(|error| match error {
            StoreError::NotFound { id } => EngineError::NotMaterialized { id, method: "thread/turns/list" },
            error => error.into(),
        })
    }

    async fn turns_of_loaded(
        &self,
        handle: &Handle,
        params: v2::ThreadTurnsListParams,
    ) -> Result<v2::ThreadTurnsListResponse, StoreError> {
        let running = || handle.shared.sink.live().map(|turn| turn.id);
        let before = running();
        let page = self.deps.store.turns_page(params.clone()).await?;
        let (page, is_settled) = with_running(page, &[before, running()]);
        if is_settled {
            return Ok(page);
        }
        // A turn without end ran when the file was read and has ended since, or its end was never written: now the file
        // tells.
        let before = running();
        let page = self.deps.store.turns_page(params).await?;
        Ok(with_running(page, &[before, running()]).0)
    }

    /// What a resume answers beside the thread: the page of turns that it asks for, and where its turns and items end.
    /// What ends after this is read is told to subscribers only.
    ///
    /// # Errors
    /// Those of `thread/turns/list`, when a page is asked for.
    pub(crate) async fn ends(
        &self,
        id: &str,
        page: Option<&v2::ThreadResumeInitialTurnsPageParams>,
    ) -> Result<Ends, EngineError> {
        let initial_turns_page = match page {
            Some(params) => Some(self.initial_turns_page(id, params).await?),
            None => None,
        };
        let (turns, items) = self.backwards_cursors(id).await;
        Ok(Ends { initial_turns_page, turns, items })
    }

    async fn initial_turns_page(
        &self,
        id: &str,
        params: &v2::ThreadResumeInitialTurnsPageParams,
    ) -> Result<v2::TurnsPage, EngineError> {
        let params = v2::ThreadTurnsListParams {
            thread_id: id.to_owned(),
            cursor: None,
            limit: params.limit,
            sort_direction: params.sort_direction,
            items_view: params.items_view,
        };
        let page = self.turns_page(params).await?;
        let v2::ThreadTurnsListResponse { data, next_cursor, backwards_cursor } = page;
        Ok(v2::TurnsPage { data, next_cursor, backwards_cursor })
    }

    /// The cursors at a thread's newest turn and item; none for a thread without any, or one that has no paginated
    /// history.
    async fn backwards_cursors(&self, id: &str) -> (Option<String>, Option<String>) {
        let items = v2::ThreadItemsListParams {
            thread_id: id.to_owned(),
            sort_direction: Some(v2::SortDirection::Desc),
            limit: Some(1),
            ..v2::ThreadItemsListParams::default()
        };
        let Ok(items) = self.deps.store.items_page(items).await else { return (None, None) };
        let turns = v2::ThreadTurnsListParams {
            thread_id: id.to_owned(),
            limit: Some(1),
            items_view: Some(v2::TurnItemsView::NotLoaded),
            ..v2::ThreadTurnsListParams::default()
        };
        let turns = self.deps.store.turns_page(turns).await;
        (turns.ok().and_then(|turns| turns.backwards_cursor), items.backwards_cursor)
    }
}

/// What a resume answers beside the thread.
pub(crate) struct Ends {
    pub(crate) initial_turns_page: Option<v2::TurnsPage>,
    /// The cursor at the newest turn.
    pub(crate) turns: Option<String>,
    /// The cursor at the newest item.
    pub(crate) items: Option<String>,
}

impl Ends {
    /// A reply that adds this to the answer.
    pub(crate) fn added_to(self, reply: Reply<v2::ThreadResumeResponse>) -> Reply<v2::ThreadResumeResponse> {
        Box::new(move |outcome| {
            reply(outcome.map(|response| v2::ThreadResumeResponse {
                initial_turns_page: self.initial_turns_page,
                turns_backwards_cursor: self.turns,
                items_backwards_cursor: self.items,
                ..response
            }));
        })
    }
}

/// Says of turns without end that they are in progress, if they are of `running`. Whether no other is without end.
fn with_running(
    mut page: v2::ThreadTurnsListResponse,
    running: &[Option<String>],
) -> (v2::ThreadTurnsListResponse, bool) {
    let mut is_settled = true;
    let is_open = |turn: &&mut v2::Turn| turn.status == v2::TurnStatus::Interrupted && turn.completed_at.is_none();
    for turn in page.data.iter_mut().filter(is_open) {
        if running.iter().flatten().any(|id| *id == turn.id) {
            turn.status = v2::TurnStatus::InProgress;
        } else {
            is_settled = false;
        }
    }
    (page, is_settled)
}

/// The answer to a method that only paginated threads have: for others it is as if there was none.
fn of_paginated<T>(method: &'static str, answer: Result<T, StoreError>) -> Result<T, EngineError> {
    answer.map_err(|error| match error {
        StoreError::NotFound { .. } | StoreError::NotPaginated { .. } => EngineError::NotSupported(method),
        error => error.into(),
    })
}

fn summary(inner: &Inner, dated: DatedThread) -> v1::ConversationSummary {
    let DatedThread { stored, created, updated } = dated;
    let thread = listing::with_provider(inner, stored.thread);
    let text = |moment: jiff::Timestamp| moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
    v1::ConversationSummary {
        conversation_id: thread.id.into(),
        path: thread.path.unwrap_or_default(),
        preview: thread.preview,
        timestamp: Some(text(created)),
        updated_at: Some(text(updated)),
        model_provider: thread.model_provider,
        cwd: thread.cwd.as_str().to_owned(),
        cli_version: thread.cli_version,
        source: thread.source,
        git_info: thread.git_info.map(|git| v1::ConversationGitInfo {
            sha: git.sha,
            branch: git.branch,
            origin_url: git.origin_url,
        }),
    }
}
