//! `project/*`, and which project a thread is in.

use std::collections::BTreeSet;
use std::path::Path;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    Project, ProjectChangeType, ProjectChangedNotification, ProjectCreateParams, ProjectCreateResponse,
    ProjectDeleteParams, ProjectDeleteResponse, ProjectImportParams, ProjectImportResponse, ProjectListParams,
    ProjectListResponse, ProjectMoveParams, ProjectMoveResponse, ProjectReadParams, ProjectReadResponse, ProjectRoot,
    ProjectSortKey, ProjectUpdateParams, ProjectUpdateResponse, SortDirection, ThreadProjectUpdatedNotification,
};
use codex_thread_state::{NewProject, ProjectChange, StateError};

use super::Known;
use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;
use crate::registry::thread_id;
use crate::settings::absolute;

impl Engine {
    /// Lists projects.
    pub async fn list_projects(&self, params: ProjectListParams, reply: Reply<ProjectListResponse>) {
        let sort = match (params.sort_key, params.sort_direction) {
            (None, None) => None,
            (None, Some(_)) => {
                return reply(Err(EngineError::BadParams("sortDirection requires sortKey".to_owned())));
            }
            (Some(key @ ProjectSortKey::Position), direction) => Some((key, direction.unwrap_or(SortDirection::Asc))),
            (Some(key @ ProjectSortKey::RecencyAt), direction) => Some((key, direction.unwrap_or(SortDirection::Desc))),
        };
        let page = self.inner.state.projects(params.cursor, params.limit, sort).await;
        reply(match page {
            Ok(page) => Ok(ProjectListResponse { data: page.data, next_cursor: page.next }),
            Err(error) => Err(error.into()),
        });
    }

    /// Reads a project.
    pub async fn read_project(&self, params: ProjectReadParams, reply: Reply<ProjectReadResponse>) {
        let project = self.inner.state.project(params.project_id).await;
        reply(project.map(|project| ProjectReadResponse { project }).map_err(EngineError::from));
    }

    /// Makes a project. Everyone is told before the answer, as the reference does it with projects.
    pub async fn create_project(&self, params: ProjectCreateParams, reply: Reply<ProjectCreateResponse>) {
        let params = ProjectImportParams {
            name: params.name,
            roots: params.roots,
            metadata: params.metadata,
            threads: None,
            idempotency_key: params.idempotency_key,
        };
        reply(self.inner.make_project(params).await.map(|project| ProjectCreateResponse { project }));
    }

    /// Makes a project of stored threads.
    pub async fn import_project(&self, params: ProjectImportParams, reply: Reply<ProjectImportResponse>) {
        reply(self.inner.make_project(params).await.map(|project| ProjectImportResponse { project }));
    }

    /// Changes a project.
    pub async fn update_project(&self, params: ProjectUpdateParams, reply: Reply<ProjectUpdateResponse>) {
        reply(self.inner.change_project(params).await.map(|project| ProjectUpdateResponse { project }));
    }

    /// Puts a project to another place.
    pub async fn move_project(&self, params: ProjectMoveParams, reply: Reply<ProjectMoveResponse>) {
        let ProjectMoveParams { project_id, before_project_id } = params;
        if before_project_id.as_ref() == Some(&project_id) {
            return reply(Err(EngineError::BadParams(format!("project {project_id} cannot be moved before itself"))));
        }
        if let Err(error) = self.inner.state.move_project(project_id.clone(), before_project_id).await {
            return reply(Err(error.into()));
        }
        self.inner.tell_project(project_id, ProjectChangeType::Updated);
        reply(Ok(ProjectMoveResponse {}));
    }

    /// Deletes a project; its threads are in none then.
    pub async fn delete_project(&self, params: ProjectDeleteParams, reply: Reply<ProjectDeleteResponse>) {
        let threads = match self.inner.state.delete_project(params.project_id.clone()).await {
            Ok(threads) => threads,
            Err(error) => return reply(Err(error.into())),
        };
        self.inner.tell_project(params.project_id, ProjectChangeType::Deleted);
        for thread in threads {
            self.inner.tell_project_of(thread, None);
        }
        reply(Ok(ProjectDeleteResponse {}));
    }
}

impl Inner {
    async fn make_project(&self, params: ProjectImportParams) -> Result<Project, EngineError> {
        if params.idempotency_key.trim().is_empty() {
            return Err(EngineError::BadParams("idempotencyKey must not be empty".to_owned()));
        }
        let name = named(&params.name)?;
        let roots = clean_roots(params.roots)?;
        let mut threads = Vec::new();
        for text in params.threads.unwrap_or_default() {
            let Ok(id) = thread_id(&text) else { return Err(missing(&text)) };
            if threads.iter().any(|(other, _)| *other == id) {
                return Err(EngineError::BadParams(format!("duplicate thread id: {id}")));
            }
            let recency = self.recency(&id).await?.ok_or_else(|| missing(&id))?;
            threads.push((id, recency));
        }
        let ids: Vec<String> = threads.iter().map(|(id, _)| id.clone()).collect();
        let env = &self.deps.env;
        let new = NewProject {
            id: env.new_id(),
            key: params.idempotency_key,
            name,
            roots,
            metadata: params.metadata.unwrap_or_default(),
            threads,
        };
        let (project, is_new) = self.state.create_project(new, env.now_ms()).await?;
        if is_new {
            self.tell_project(project.id.clone(), ProjectChangeType::Created);
            for thread in ids {
                self.tell_project_of(thread, Some(project.id.clone()));
            }
        }
        Ok(project)
    }

    async fn change_project(&self, params: ProjectUpdateParams) -> Result<Project, EngineError> {
        let name = params.name.as_deref().map(named).transpose()?;
        let roots = params.roots.map(clean_roots).transpose()?;
        let change = ProjectChange { name, roots, metadata: params.metadata };
        let changes = change != ProjectChange::default();
        let project = self.state.update_project(params.project_id, change, self.deps.env.now_ms()).await?;
        if changes {
            self.tell_project(project.id.clone(), ProjectChangeType::Updated);
        }
        Ok(project)
    }

    /// When a thread was last used, where that is known; `None` for a thread that cannot be in a project.
    async fn recency(&self, id: &str) -> Result<Option<Option<i64>>, EngineError> {
        match self.known(id).await? {
            Some(Known::Loaded(handle)) if handle.shared.log.is_ephemeral() => Ok(None),
            Some(Known::Loaded(handle)) => Ok(Some(handle.shared.view().thread().recency_at)),
            Some(Known::Stored { .. }) => Ok(Some(self.deps.store.read(id, false).await?.thread.recency_at)),
            None => Ok(None),
        }
    }

    /// Looks whether a thread that is to start may start in a project.
    pub(crate) async fn check_project(&self, project_id: &str) -> Result<(), EngineError> {
        if project_id.is_empty() {
            return Err(EngineError::Refused("projectId must not be empty".to_owned()));
        }
        self.state.project(project_id.to_owned()).await.map(drop).map_err(refused)
    }

    /// Puts a thread into a project, or out of its one. Everyone is told when that is a change.
    pub(crate) async fn assign_project(
        &self,
        thread_id: &str,
        project_id: Option<String>,
        recency: Option<i64>,
    ) -> Result<(), EngineError> {
        let changed = self.state.assign_project(thread_id.to_owned(), project_id.clone(), recency).await;
        if changed.map_err(refused)? {
            self.tell_project_of(thread_id.to_owned(), project_id);
        }
        Ok(())
    }

    fn tell_project(&self, project_id: String, change_type: ProjectChangeType) {
        let changed = ProjectChangedNotification { project_id, change_type };
        self.broadcast(ServerNotification::ProjectChanged(changed));
    }

    fn tell_project_of(&self, thread_id: String, project_id: Option<String>) {
        let updated = ThreadProjectUpdatedNotification { thread_id, project_id };
        self.broadcast(ServerNotification::ThreadProjectUpdated(updated));
    }
}

/// Where a thread is the matter, a project that is not there is another error.
fn refused(error: StateError) -> EngineError {
    match error {
        StateError::ProjectNotFound(id) => EngineError::ProjectNotFound(id),
        other => other.into(),
    }
}

fn missing(thread: &str) -> EngineError {
    EngineError::BadParams(format!("thread not found: {thread}"))
}

fn named(name: &str) -> Result<String, EngineError> {
    match name.trim() {
        "" => Err(EngineError::BadParams("project name must not be empty".to_owned())),
        name => Ok(name.to_owned()),
    }
}

/// Folders without dots in their paths, each of them once.
fn clean_roots(roots: Vec<ProjectRoot>) -> Result<Vec<ProjectRoot>, EngineError> {
    let clean = |root: ProjectRoot| ProjectRoot { path: absolute(Path::new("/"), root.path.as_str()) };
    let roots: Vec<ProjectRoot> = roots.into_iter().map(clean).collect();
    let mut seen = BTreeSet::new();
    match roots.iter().map(|root| root.path.as_str()).find(|path| !seen.insert(*path)) {
        Some(twice) => Err(EngineError::BadParams(format!("duplicate project root: {twice}"))),
        None => Ok(roots),
    }
}
