//! Lists of stored threads and searches in them, with what is known of those that are loaded.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use codex_app_server_protocol::v2::{
    SessionSource, SortDirection, Thread, ThreadListCwdFilter, ThreadListParams, ThreadListResponse,
    ThreadSearchParams, ThreadSearchResponse, ThreadSearchResult, ThreadSearchSortKey, ThreadSortKey, ThreadSourceKind,
};
use codex_config_loader::LoadRequest;
use codex_thread_store::{ListQuery, Page, Relation, SortKey, Sources, StoredThread};

use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;
use crate::kept::show;
use crate::registry::complaint;

/// Threads of a page, whatever is asked for.
const MAX_LIMIT: u32 = 100;
/// Threads that one request may leave out.
const MAX_EXCLUDED: usize = 100;

impl Engine {
    /// Lists the stored threads in whose messages a text stands.
    pub fn search_threads(&self, params: &ThreadSearchParams, reply: Reply<ThreadSearchResponse>) {
        let query = match search_query(params) {
            Ok(query) => query,
            Err(error) => return reply(Err(error)),
        };
        let search = self.inner.deps.store.search(query, &params.search_term);
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            reply(match search.await {
                Ok(found) => {
                    let listed = response(&inner, found.page).await;
                    let found = listed.data.into_iter().zip(found.snippets);
                    Ok(ThreadSearchResponse {
                        data: found.map(|(thread, snippet)| ThreadSearchResult { thread, snippet }).collect(),
                        next_cursor: listed.next_cursor,
                        backwards_cursor: listed.backwards_cursor,
                    })
                }
                Err(error) => Err(error.into()),
            });
        });
    }
}

/// What the store is asked for. Faults are looked for in the order in which clients know them to be told.
pub(crate) fn query(inner: &Inner, params: &ThreadListParams) -> Result<ListQuery, EngineError> {
    let excluded = excluded(params)?;
    if params.originators.as_ref().is_some_and(|originators| !originators.is_empty()) {
        let text = "originator filtering is not supported by the local app-server";
        return Err(EngineError::RefusedFilter(text.to_owned()));
    }
    if params.include_attached_threads && params.search_term.as_ref().is_none_or(|term| term.trim().is_empty()) {
        return Err(EngineError::UnfitFilter("includeAttachedThreads requires a non-empty searchTerm"));
    }
    let Kin { relation, attached } = kin(params)?;
    let in_section = params.section_id.as_ref().is_some_and(Option::is_some);
    let sort = match params.sort_key {
        None | Some(ThreadSortKey::CreatedAt) => SortKey::CreatedAt,
        Some(ThreadSortKey::UpdatedAt) => SortKey::UpdatedAt,
        Some(ThreadSortKey::RecencyAt) => SortKey::RecencyAt,
        Some(ThreadSortKey::SectionPosition) if in_section => SortKey::CreatedAt,
        Some(ThreadSortKey::SectionPosition) => return Err(EngineError::UnfitFilter(SECTION_ORDER)),
    };
    let kinds = params.source_kinds.as_deref().unwrap_or_default();
    // Agents may run with other models than the thread that began them.
    let any_provider = relation.is_some().then_some(&[][..]);
    Ok(ListQuery {
        limit: limit(params.limit),
        cursor: params.cursor.as_deref().map(str::parse).transpose()?,
        sort,
        direction: params.sort_direction.unwrap_or(SortDirection::Desc),
        archived: params.archived.unwrap_or(false),
        cwd: params.cwd.as_ref().map(|cwd| match cwd {
            ThreadListCwdFilter::One(cwd) => vec![cwd.clone()],
            ThreadListCwdFilter::Many(cwds) => cwds.clone(),
        }),
        model_providers: providers(inner, params.model_providers.as_deref().or(any_provider)),
        sources: if kinds.is_empty() && relation.is_some() { Sources::Any } else { sources(kinds) },
        search_term: params.search_term.clone(),
        relation,
        excluded,
        // Nothing attaches one thread to another here.
        only: attached.then(HashSet::new),
    })
}

fn search_query(params: &ThreadSearchParams) -> Result<ListQuery, EngineError> {
    if params.search_term.trim().is_empty() {
        return Err(EngineError::UnfitFilter("thread/search requires a non-empty searchTerm"));
    }
    Ok(ListQuery {
        limit: limit(params.limit),
        cursor: params.cursor.as_deref().map(str::parse).transpose()?,
        sort: match params.sort_key {
            None | Some(ThreadSearchSortKey::CreatedAt) => SortKey::CreatedAt,
            Some(ThreadSearchSortKey::UpdatedAt) => SortKey::UpdatedAt,
            Some(ThreadSearchSortKey::RecencyAt) => SortKey::RecencyAt,
        },
        direction: params.sort_direction.unwrap_or(SortDirection::Desc),
        archived: params.archived.unwrap_or(false),
        sources: sources(params.source_kinds.as_deref().unwrap_or_default()),
        ..ListQuery::default()
    })
}

const SECTION_ORDER: &str = "section-position sorting requires a section filter";

fn limit(asked: Option<u32>) -> usize {
    asked.map_or(ListQuery::default().limit, |limit| limit.min(MAX_LIMIT) as usize)
}

fn sources(kinds: &[ThreadSourceKind]) -> Sources {
    if kinds.is_empty() { Sources::People } else { Sources::Kinds(kinds.to_vec()) }
}

/// The providers that are wanted: without a word the configured one, which is also that of files that name none.
fn providers(inner: &Inner, asked: Option<&[String]>) -> Vec<String> {
    let Ok(config) = inner.deps.config.load_or_defaults(&LoadRequest::default()) else {
        return asked.unwrap_or_default().to_vec();
    };
    let configured = &config.model_provider_id;
    let mut wanted = asked.map_or_else(|| vec![configured.clone()], <[String]>::to_vec);
    if wanted.contains(configured) {
        wanted.push(String::new());
    }
    wanted
}

/// How the wanted threads stand to another one.
struct Kin {
    relation: Option<Relation>,
    /// Whether they are to be attached to one.
    attached: bool,
}

fn kin(params: &ThreadListParams) -> Result<Kin, EngineError> {
    let (parent, ancestor) = (params.parent_thread_id.as_deref(), params.ancestor_thread_id.as_deref());
    let attached = params.attached_to_thread_id.as_deref();
    if attached.is_some() && (parent.is_some() || ancestor.is_some()) {
        let text = "attachedToThreadId cannot be combined with parentThreadId or ancestorThreadId";
        return Err(EngineError::UnfitFilter(text));
    }
    if parent.is_some() && ancestor.is_some() {
        return Err(EngineError::UnfitFilter("parentThreadId and ancestorThreadId are mutually exclusive"));
    }
    let attached = filter_id("attached thread parent", attached)?.is_some();
    let parent = filter_id("parent thread", parent)?.map(Relation::ChildOf);
    let ancestor = filter_id("ancestor thread", ancestor)?.map(Relation::Below);
    Ok(Kin { relation: parent.or(ancestor), attached })
}

fn excluded(params: &ThreadListParams) -> Result<HashSet<String>, EngineError> {
    let ids = params.excluded_thread_ids.as_deref().unwrap_or_default();
    if ids.len() > MAX_EXCLUDED {
        return Err(EngineError::RefusedFilter(format!("excludedThreadIds accepts at most {MAX_EXCLUDED} entries")));
    }
    let id = |id: &String| match uuid::Uuid::parse_str(id) {
        Ok(id) => Ok(id.to_string()),
        Err(_) => Err(EngineError::RefusedFilter(format!("invalid excluded thread id: {}", complaint(id)))),
    };
    ids.iter().map(id).collect()
}

/// Keeps a list to the threads of a section and of a project, or to those of none.
pub(crate) async fn keep_placed(
    inner: &Inner,
    params: &ThreadListParams,
    query: &mut ListQuery,
) -> Result<(), EngineError> {
    if let Some(section) = &params.section_id {
        let threads = inner.state.in_section(section.clone()).await?;
        keep(query, section.is_some(), threads);
    }
    if let Some(project) = &params.project_id {
        if let Some(project) = project {
            inner.state.project(project.clone()).await.map_err(|error| match EngineError::from(error) {
                EngineError::ProjectNotFound(_) => EngineError::RefusedFilter(format!("project not found: {project}")),
                other => other,
            })?;
        }
        let threads = inner.state.in_project(project.clone()).await?;
        keep(query, project.is_some(), threads);
    }
    Ok(())
}

fn keep(query: &mut ListQuery, inside: bool, threads: Vec<String>) {
    if !inside {
        query.excluded.extend(threads);
        return;
    }
    let threads: HashSet<String> = threads.into_iter().collect();
    query.only = Some(match query.only.take() {
        Some(only) => only.intersection(&threads).cloned().collect(),
        None => threads,
    });
}

fn filter_id(filter: &'static str, id: Option<&str>) -> Result<Option<String>, EngineError> {
    let Some(text) = id else { return Ok(None) };
    match uuid::Uuid::parse_str(text) {
        Ok(id) => Ok(Some(id.to_string())),
        Err(_) => Err(EngineError::InvalidFilterId { filter, id: text.to_owned(), reason: complaint(text) }),
    }
}

/// The page on the wire.
pub(crate) async fn response(inner: &Inner, page: Page) -> ThreadListResponse {
    let mut facts = inner.facts(page.threads.iter().map(|stored| stored.thread.id.clone()).collect()).await;
    let mut read_states = BTreeMap::new();
    let mut data = Vec::with_capacity(page.threads.len());
    for stored in page.threads {
        let mut thread = shown(inner, stored);
        let read_state = show(facts.remove(&thread.id).unwrap_or_default(), &mut thread);
        // Nobody reads the threads of agents.
        if !matches!(thread.source, SessionSource::SubAgent(_)) {
            read_states.insert(thread.id.clone(), read_state);
        }
        data.push(thread);
    }
    ThreadListResponse {
        data,
        read_states: Some(read_states),
        next_cursor: page.next.map(|cursor| cursor.to_string()),
        backwards_cursor: page.backwards.map(|cursor| cursor.to_string()),
    }
}

/// A thread as lists show it, without what is kept beside its file.
fn shown(inner: &Inner, stored: StoredThread) -> Thread {
    match inner.threads.get(&stored.thread.id) {
        Some(handle) => Thread { can_accept_direct_input: None, ..handle.shared.view().thread() },
        None => with_provider(inner, stored.thread),
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
