//! Projects in the order of the user, and the threads in them.

use std::collections::BTreeMap;

use codex_app_server_protocol::v2::{Project, ProjectRoot, ProjectSortKey, SortDirection};
use codex_utils_database::rusqlite::{self, Connection, OptionalExtension, Row, ToSql, Transaction, params};

use crate::database::ThreadState;
use crate::error::StateError;
use crate::{Page, page_size, with_next};

/// A project that is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct NewProject {
    /// Its id, if there is none with this key.
    pub id: String,
    /// Names the request: another one with the same key gets the project of the first.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its folders.
    pub roots: Vec<ProjectRoot>,
    /// What clients keep with it.
    pub metadata: BTreeMap<String, String>,
    /// The threads that are taken into it, with the second in which each was last used, where it is known.
    pub threads: Vec<(String, Option<i64>)>,
}

/// What is to change about a project; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProjectChange {
    /// Its name.
    pub name: Option<String>,
    /// Its folders, all of them.
    pub roots: Option<Vec<ProjectRoot>>,
    /// What clients keep with it, all of it.
    pub metadata: Option<BTreeMap<String, String>>,
}

impl ThreadState {
    /// Lists projects, by default in the order of the user. By recency those without threads come last.
    ///
    /// # Errors
    /// [`StateError::ProjectCursor`], [`StateError::Unusable`].
    pub async fn projects(
        &self,
        cursor: Option<String>,
        limit: Option<u32>,
        sort: Option<(ProjectSortKey, SortDirection)>,
    ) -> Result<Page<Project>, StateError> {
        let after = cursor.map(|cursor| Anchor::parse(&cursor, sort)).transpose()?;
        let size = page_size(limit);
        let rows = self.look(move |db| list(db, after, sort, with_next(size))).await?.unwrap_or_default();
        Ok(Page::cut(rows, size, |project| Anchor::of(project, sort).print(sort)))
    }

    /// One project.
    ///
    /// # Errors
    /// [`StateError::ProjectNotFound`], [`StateError::Unusable`].
    pub async fn project(&self, id: String) -> Result<Project, StateError> {
        let wanted = id.clone();
        self.look(move |db| by_id(db, &wanted)).await?.flatten().ok_or(StateError::ProjectNotFound(id))
    }

    /// Keeps a new project with its threads, or finds the one that this key has made; whether it is a new one. `now` is
    /// in milliseconds.
    ///
    /// # Errors
    /// [`StateError::KeyOfDeleted`], [`StateError::Unusable`].
    pub async fn create_project(&self, new: NewProject, now: i64) -> Result<(Project, bool), StateError> {
        self.change(move |db| {
            let known = db
                .query_row("SELECT project_id FROM project_keys WHERE key = ?1", [&new.key], |row| {
                    row.get::<_, String>(0)
                })
                .optional()?;
            if let Some(known) = known {
                return match by_id(db, &known)? {
                    Some(project) => Ok((project, false)),
                    None => Err(StateError::KeyOfDeleted(new.key)),
                };
            }
            let position: i64 =
                db.query_row("SELECT COALESCE(MAX(position) + 1, 0) FROM projects", [], |row| row.get(0))?;
            db.execute(
                "INSERT INTO projects (id, name, roots, metadata, position, created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
                params![
                    new.id,
                    new.name,
                    serde_json::to_string(&new.roots)?,
                    serde_json::to_string(&new.metadata)?,
                    position,
                    now
                ],
            )?;
            db.execute("INSERT INTO project_keys (key, project_id) VALUES (?1, ?2)", [&new.key, &new.id])?;
            for (thread, recency) in &new.threads {
                assign(db, thread, Some(&new.id), *recency)?;
            }
            let project = by_id(db, &new.id)?.ok_or(StateError::ProjectNotFound(new.id))?;
            Ok((project, true))
        })
        .await
    }

    /// Changes a project, and returns it as it is then. `now` is in milliseconds.
    ///
    /// # Errors
    /// [`StateError::ProjectNotFound`], [`StateError::Unusable`].
    pub async fn update_project(&self, id: String, change: ProjectChange, now: i64) -> Result<Project, StateError> {
        self.change(move |db| {
            let roots = change.roots.as_ref().map(serde_json::to_string).transpose()?;
            let metadata = change.metadata.as_ref().map(serde_json::to_string).transpose()?;
            if change != ProjectChange::default() {
                db.execute(
                    "UPDATE projects SET name = COALESCE(?2, name), roots = COALESCE(?3, roots),
                        metadata = COALESCE(?4, metadata), updated_at = ?5 WHERE id = ?1",
                    params![id, change.name, roots, metadata, now],
                )?;
            }
            by_id(db, &id)?.ok_or(StateError::ProjectNotFound(id))
        })
        .await
    }

    /// Puts a project before another one, or at the end.
    ///
    /// # Errors
    /// [`StateError::ProjectNotFound`], [`StateError::BeforeProjectNotFound`], [`StateError::Unusable`].
    pub async fn move_project(&self, id: String, before: Option<String>) -> Result<(), StateError> {
        self.change(move |db| {
            let mut order = ids(db, "SELECT id FROM projects ORDER BY position, id", &[])?;
            let Some(from) = order.iter().position(|other| *other == id) else {
                return Err(StateError::ProjectNotFound(id));
            };
            order.remove(from);
            let to = match before {
                None => order.len(),
                Some(before) => match order.iter().position(|other| *other == before) {
                    Some(to) => to,
                    None => return Err(StateError::BeforeProjectNotFound(before)),
                },
            };
            order.insert(to, id);
            for (position, id) in (0_i64..).zip(&order) {
                db.execute("UPDATE projects SET position = ?2 WHERE id = ?1", params![id, position])?;
            }
            Ok(())
        })
        .await
    }

    /// Forgets a project; returns its threads, which are in none then. Its key is not free again.
    ///
    /// # Errors
    /// [`StateError::ProjectNotFound`], [`StateError::Unusable`].
    pub async fn delete_project(&self, id: String) -> Result<Vec<String>, StateError> {
        self.change(move |db| {
            let threads = ids(db, "SELECT id FROM threads WHERE project_id = ?1 ORDER BY id", &[&id])?;
            match db.execute("DELETE FROM projects WHERE id = ?1", [&id])? {
                0 => Err(StateError::ProjectNotFound(id)),
                _ => Ok(threads),
            }
        })
        .await
    }

    /// Puts a thread, last used in the second `recency`, into a project or takes it out of its one; whether it was not
    /// there before.
    ///
    /// # Errors
    /// [`StateError::ProjectNotFound`], [`StateError::Unusable`].
    pub async fn assign_project(
        &self,
        thread_id: String,
        project_id: Option<String>,
        recency: Option<i64>,
    ) -> Result<bool, StateError> {
        let wanted = project_id.clone();
        let job = move |db: &Transaction<'_>| {
            if let Some(project) = &project_id
                && by_id(db, project)?.is_none()
            {
                return Err(StateError::ProjectNotFound(project.clone()));
            }
            let present = db
                .query_row("SELECT project_id FROM threads WHERE id = ?1", [&thread_id], |row| row.get(0))
                .optional()?
                .flatten();
            let changes = project_id != present;
            if changes {
                assign(db, &thread_id, project_id.as_deref(), recency)?;
            }
            Ok(changes)
        };
        match (self.change_if_there(job).await?, wanted) {
            (Some(changes), _) => Ok(changes),
            (None, None) => Ok(false),
            // There never was one.
            (None, Some(project)) => Err(StateError::ProjectNotFound(project)),
        }
    }

    /// Notes that a thread was used, in this second: its project is then as recent.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn touch_thread(&self, thread_id: String, recency: i64) -> Result<(), StateError> {
        self.change_if_there(move |db| {
            db.execute(
                "UPDATE threads SET recency_at = ?2 WHERE id = ?1 AND project_id IS NOT NULL",
                params![thread_id, recency],
            )?;
            Ok(())
        })
        .await?;
        Ok(())
    }
}

fn assign(db: &Connection, thread_id: &str, project_id: Option<&str>, recency: Option<i64>) -> Result<(), StateError> {
    db.execute(
        "INSERT INTO threads (id, project_id, recency_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET project_id = excluded.project_id,
            recency_at = COALESCE(excluded.recency_at, recency_at)",
        params![thread_id, project_id, recency],
    )?;
    Ok(())
}

fn ids(db: &Connection, query: &str, params: &[&dyn ToSql]) -> Result<Vec<String>, StateError> {
    let mut list = db.prepare_cached(query)?;
    let rows = list.query_map(params, |row| row.get(0))?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}

const COLUMNS: &str = "SELECT id, name, roots, metadata, position, created_at, updated_at,
    (SELECT MAX(recency_at) FROM threads WHERE project_id = projects.id) AS recency FROM projects";

type Columns = (String, String, String, String, i64, i64, i64, Option<i64>);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?))
}

fn project((id, name, roots, metadata, position, created, updated, recency): Columns) -> Result<Project, StateError> {
    Ok(Project {
        id,
        name,
        roots: serde_json::from_str(&roots)?,
        metadata: serde_json::from_str(&metadata)?,
        position,
        created_at: created.div_euclid(1000),
        updated_at: updated.div_euclid(1000),
        recency_at: recency,
    })
}

fn by_id(db: &Connection, id: &str) -> Result<Option<Project>, StateError> {
    let mut find = db.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    find.query_row([id], columns).optional()?.map(project).transpose()
}

/// Where a page begins: behind the project with this id, whose position or recency is the number.
#[derive(Clone, Debug, PartialEq)]
struct Anchor {
    number: Option<i64>,
    id: String,
}

impl Anchor {
    fn of(project: &Project, sort: Option<(ProjectSortKey, SortDirection)>) -> Self {
        let number = match sort {
            Some((ProjectSortKey::RecencyAt, _)) => project.recency_at,
            _ => Some(project.position),
        };
        Self { number, id: project.id.clone() }
    }

    fn head(sort: Option<(ProjectSortKey, SortDirection)>) -> String {
        let Some((key, direction)) = sort else { return String::new() };
        let key = match key {
            ProjectSortKey::Position => "position",
            ProjectSortKey::RecencyAt => "recencyAt",
        };
        let direction = match direction {
            SortDirection::Asc => "asc",
            SortDirection::Desc => "desc",
        };
        format!("v1|{key}|{direction}|")
    }

    fn print(&self, sort: Option<(ProjectSortKey, SortDirection)>) -> String {
        let number = self.number.map(|number| number.to_string()).unwrap_or_default();
        format!("{}{number}|{}", Self::head(sort), self.id)
    }

    fn parse(text: &str, sort: Option<(ProjectSortKey, SortDirection)>) -> Result<Self, StateError> {
        let rest = text.strip_prefix(&Self::head(sort)).and_then(|rest| rest.split_once('|'));
        let (number, id) = rest.ok_or(StateError::ProjectCursor)?;
        let by_recency = matches!(sort, Some((ProjectSortKey::RecencyAt, _)));
        let number = match number {
            "" if by_recency => None,
            number => Some(number.parse().map_err(|_| StateError::ProjectCursor)?),
        };
        Ok(Self { number, id: id.to_owned() })
    }
}

fn list(
    db: &Connection,
    after: Option<Anchor>,
    sort: Option<(ProjectSortKey, SortDirection)>,
    limit: i64,
) -> Result<Vec<Project>, StateError> {
    let by_recency = matches!(sort, Some((ProjectSortKey::RecencyAt, _)));
    let number = if by_recency { "recency" } else { "position" };
    let (behind, order) = match sort {
        Some((_, SortDirection::Desc)) => ("<", "DESC"),
        _ => (">", "ASC"),
    };
    // What has no recency comes last in both directions.
    let query = format!(
        "SELECT * FROM ({COLUMNS}) WHERE ?1 IS NULL
            OR (?2 IS NULL AND {number} IS NULL AND id {behind} ?1)
            OR (?2 IS NOT NULL AND ({number} IS NULL OR {number} {behind} ?2 OR ({number} = ?2 AND id {behind} ?1)))
         ORDER BY {number} IS NULL, {number} {order}, id {order} LIMIT ?3"
    );
    let (id, number) = after.map(|anchor| (anchor.id, anchor.number)).unzip();
    let mut list = db.prepare_cached(&query)?;
    let rows = list.query_map(params![id, number.flatten(), limit], columns)?;
    rows.map(|row| project(row?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::tests::fresh;

    fn new(id: &str) -> NewProject {
        NewProject {
            id: id.to_owned(),
            key: format!("key of {id}"),
            name: id.to_owned(),
            roots: Vec::new(),
            metadata: BTreeMap::new(),
            threads: Vec::new(),
        }
    }

    async fn order(state: &ThreadState, sort: Option<(ProjectSortKey, SortDirection)>) -> Vec<String> {
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = state.projects(cursor, Some(1), sort).await.unwrap();
            seen.extend(page.data.into_iter().map(|project| project.id));
            match page.next {
                None => return seen,
                next => cursor = next,
            }
        }
    }

    #[tokio::test]
    async fn a_key_makes_one_project_ever() {
        let (_folder, state) = fresh();
        let (first, created) = state.create_project(new("a"), 5_000).await.unwrap();
        assert!(created);
        assert_eq!((first.position, first.created_at, first.recency_at), (0, 5, None));
        let again = NewProject { key: "key of a".to_owned(), ..new("b") };
        assert_eq!(state.create_project(again.clone(), 6_000).await.unwrap(), (first, false));
        state.delete_project("a".to_owned()).await.unwrap();
        assert_eq!(state.create_project(again, 7_000).await, Err(StateError::KeyOfDeleted("key of a".to_owned())));
    }

    #[tokio::test]
    async fn pages_follow_each_order() {
        let (_folder, state) = fresh();
        for id in ["a", "b", "c", "d"] {
            state.create_project(new(id), 0).await.unwrap();
        }
        state.assign_project("t1".to_owned(), Some("b".to_owned()), Some(7)).await.unwrap();
        state.assign_project("t2".to_owned(), Some("c".to_owned()), Some(9)).await.unwrap();
        state.move_project("a".to_owned(), Some("d".to_owned())).await.unwrap();
        use ProjectSortKey::{Position, RecencyAt};
        use SortDirection::{Asc, Desc};
        assert_eq!(order(&state, None).await, ["b", "c", "a", "d"]);
        assert_eq!(order(&state, Some((Position, Desc))).await, ["d", "a", "c", "b"]);
        assert_eq!(order(&state, Some((RecencyAt, Desc))).await, ["c", "b", "d", "a"]);
        assert_eq!(order(&state, Some((RecencyAt, Asc))).await, ["b", "c", "a", "d"]);
        let cursor = state.projects(None, Some(1), None).await.unwrap().next;
        let mismatched = state.projects(cursor, None, Some((RecencyAt, Desc))).await;
        assert_eq!(mismatched, Err(StateError::ProjectCursor));
        assert_eq!(state.projects(Some("junk".to_owned()), None, None).await, Err(StateError::ProjectCursor));
    }

    #[tokio::test]
    async fn a_move_names_what_is_missing() {
        let (_folder, state) = fresh();
        state.create_project(new("a"), 0).await.unwrap();
        let go = |id: &str, before: &str| state.move_project(id.to_owned(), Some(before.to_owned()));
        assert_eq!(go("x", "a").await, Err(StateError::ProjectNotFound("x".to_owned())));
        assert_eq!(go("a", "x").await, Err(StateError::BeforeProjectNotFound("x".to_owned())));
    }

    #[tokio::test]
    async fn threads_go_from_project_to_project() {
        let (_folder, state) = fresh();
        state.create_project(NewProject { threads: vec![("t".to_owned(), Some(3))], ..new("a") }, 0).await.unwrap();
        assert_eq!(state.project("a".to_owned()).await.unwrap().recency_at, Some(3));
        state.touch_thread("t".to_owned(), 8).await.unwrap();
        state.create_project(NewProject { threads: vec![("t".to_owned(), None)], ..new("b") }, 0).await.unwrap();
        assert_eq!(state.project("a".to_owned()).await.unwrap().recency_at, None);
        assert_eq!(state.project("b".to_owned()).await.unwrap().recency_at, Some(8));
        assert!(!state.assign_project("t".to_owned(), Some("b".to_owned()), None).await.unwrap());
        assert_eq!(state.delete_project("b".to_owned()).await.unwrap(), ["t"]);
        assert_eq!(state.facts(vec!["t".to_owned()]).await.unwrap()["t"].project_id, None);
        assert!(!state.assign_project("t".to_owned(), None, None).await.unwrap());
        let unknown = state.assign_project("t".to_owned(), Some("b".to_owned()), None).await;
        assert_eq!(unknown, Err(StateError::ProjectNotFound("b".to_owned())));
    }
}
