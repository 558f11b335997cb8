//! Sections, and the threads in them.

use codex_app_server_protocol::v2::{ThreadSection, ThreadSectionAppearance};
use codex_utils_database::rusqlite::{self, Connection, OptionalExtension, Row, params};

use crate::database::ThreadState;
use crate::error::StateError;
use crate::{Page, page_size, with_next};

/// The id of the section that is always there, the same everywhere.
pub const PINNED: &str = "01984de2-8f74-7c91-a3b2-5c5e937cf318";

/// What is to change about a section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionChange {
    /// Which one.
    pub id: String,
    /// Its name from now on.
    pub name: String,
    /// What it looks like from now on, if that is to change; `Some(None)` takes the appearance away.
    pub appearance: Option<Option<ThreadSectionAppearance>>,
}

impl ThreadState {
    /// Sections in the order they were made, the built-in one first. A cursor is the id of the last one of a page.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn sections(
        &self,
        cursor: Option<String>,
        limit: Option<u32>,
    ) -> Result<Page<ThreadSection>, StateError> {
        let size = page_size(limit);
        let sections = self.read(move |db| {
            let mut list =
                db.prepare_cached("SELECT id, name, appearance FROM sections WHERE id > ?1 ORDER BY id LIMIT ?2")?;
            let rows = list.query_map(params![cursor.unwrap_or_default(), with_next(size)], columns)?;
            rows.map(|row| section(row?)).collect::<Result<Vec<_>, StateError>>()
        });
        Ok(Page::cut(sections.await?, size, |section| section.id.clone()))
    }

    /// Keeps a new section.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn create_section(&self, section: ThreadSection) -> Result<(), StateError> {
        self.change(move |db| {
            let appearance = section.appearance.as_ref().map(serde_json::to_string).transpose()?;
            db.execute(
                "INSERT INTO sections (id, name, appearance) VALUES (?1, ?2, ?3)",
                params![section.id, section.name, appearance],
            )?;
            Ok(())
        })
        .await
    }

    /// Changes a section, and returns it as it is then.
    ///
    /// # Errors
    /// [`StateError::PinnedRenamed`], [`StateError::SectionNotFound`], [`StateError::Unusable`].
    pub async fn update_section(&self, change: SectionChange) -> Result<ThreadSection, StateError> {
        if change.id == PINNED {
            return Err(StateError::PinnedRenamed);
        }
        self.change(move |db| {
            let Some(mut section) = section_by_id(db, &change.id)? else {
                return Err(StateError::SectionNotFound(change.id));
            };
            section.name = change.name;
            if let Some(appearance) = change.appearance {
                section.appearance = appearance;
            }
            let appearance = section.appearance.as_ref().map(serde_json::to_string).transpose()?;
            db.execute(
                "UPDATE sections SET name = ?2, appearance = ?3 WHERE id = ?1",
                params![section.id, section.name, appearance],
            )?;
            Ok(section)
        })
        .await
    }

    /// Forgets a section; its threads are in none then.
    ///
    /// # Errors
    /// [`StateError::PinnedDeleted`], [`StateError::SectionNotFound`], [`StateError::Unusable`].
    pub async fn delete_section(&self, id: String) -> Result<(), StateError> {
        if id == PINNED {
            return Err(StateError::PinnedDeleted);
        }
        self.change(move |db| {
            db.execute(
                "UPDATE threads SET section_id = NULL, section_position = NULL, section_entered_at = NULL
                 WHERE section_id = ?1",
                [&id],
            )?;
            match db.execute("DELETE FROM sections WHERE id = ?1", [&id])? {
                0 => Err(StateError::SectionNotFound(id)),
                _ => Ok(()),
            }
        })
        .await
    }

    /// Puts a thread into a section, before another thread of it or at its end, or takes it out of all sections. `now` is
    /// in milliseconds.
    ///
    /// # Errors
    /// [`StateError::NoSuchSection`], [`StateError::BeforeElsewhere`], [`StateError::Unusable`].
    pub async fn move_to_section(
        &self,
        thread_id: String,
        section_id: Option<String>,
        before: Option<String>,
        now: i64,
    ) -> Result<(), StateError> {
        self.change(move |db| {
            let Some(section) = section_id else {
                db.execute(
                    "UPDATE threads SET section_id = NULL, section_position = NULL, section_entered_at = NULL
                     WHERE id = ?1",
                    [&thread_id],
                )?;
                return Ok(());
            };
            if section_by_id(db, &section)?.is_none() {
                return Err(StateError::NoSuchSection(section));
            }
            let position = match before {
                None => db.query_row(
                    "SELECT COALESCE(MAX(section_position) + 1, 0) FROM threads WHERE section_id = ?1",
                    [&section],
                    |row| row.get::<_, i64>(0),
                )?,
                Some(before) => {
                    let place = db
                        .query_row(
                            "SELECT section_position FROM threads WHERE id = ?1 AND section_id = ?2",
                            [&before, &section],
                            |row| row.get::<_, i64>(0),
                        )
                        .optional()?;
                    let Some(place) = place else { return Err(StateError::BeforeElsewhere { before, section }) };
                    db.execute(
                        "UPDATE threads SET section_position = section_position + 1
                         WHERE section_id = ?1 AND section_position >= ?2",
                        params![section, place],
                    )?;
                    place
                }
            };
            // Who stays in the section has entered it before.
            db.execute(
                "INSERT INTO threads (id, section_id, section_position, section_entered_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET
                    section_entered_at =
                        CASE section_id WHEN excluded.section_id THEN section_entered_at
                        ELSE excluded.section_entered_at END,
                    section_id = excluded.section_id,
                    section_position = excluded.section_position",
                params![thread_id, section, position, now],
            )?;
            Ok(())
        })
        .await
    }
}

/// The columns id, name, appearance.
pub(crate) type Columns = (String, String, Option<String>);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

pub(crate) fn section((id, name, appearance): Columns) -> Result<ThreadSection, StateError> {
    let appearance = appearance.as_deref().map(serde_json::from_str).transpose()?;
    Ok(ThreadSection { id, name, appearance })
}

fn section_by_id(db: &Connection, id: &str) -> Result<Option<ThreadSection>, StateError> {
    let mut find = db.prepare_cached("SELECT id, name, appearance FROM sections WHERE id = ?1")?;
    find.query_row([id], columns).optional()?.map(section).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::tests::fresh;

    fn named(id: &str) -> ThreadSection {
        ThreadSection { id: id.to_owned(), name: id.to_uppercase(), appearance: None }
    }

    async fn enter(state: &ThreadState, thread: &str, section: &str, before: Option<&str>, now: i64) {
        let before = before.map(str::to_owned);
        state.move_to_section(thread.to_owned(), Some(section.to_owned()), before, now).await.unwrap();
    }

    #[tokio::test]
    async fn a_page_ends_where_the_next_begins() {
        let (_folder, state) = fresh();
        for id in ["a", "b", "c"] {
            state.create_section(named(id)).await.unwrap();
        }
        let page = state.sections(None, Some(3)).await.unwrap();
        assert_eq!((page.data.len(), page.next.as_deref()), (3, Some("b")));
        let last = state.sections(page.next, Some(0)).await.unwrap();
        assert_eq!(last, Page { data: vec![named("c")], next: None });
    }

    #[tokio::test]
    async fn the_pinned_section_stays_as_it_is() {
        let (_folder, state) = fresh();
        let change = SectionChange { id: PINNED.to_owned(), name: "x".to_owned(), appearance: None };
        assert_eq!(state.update_section(change).await, Err(StateError::PinnedRenamed));
        assert_eq!(state.delete_section(PINNED.to_owned()).await, Err(StateError::PinnedDeleted));
        assert_eq!(state.sections(None, None).await.unwrap().data[0].name, "Pinned");
    }

    #[tokio::test]
    async fn an_appearance_stays_unless_it_is_named() {
        let (_folder, state) = fresh();
        let look = ThreadSectionAppearance { icon: Some("star".to_owned()), color: None };
        state.create_section(ThreadSection { appearance: Some(look.clone()), ..named("a") }).await.unwrap();
        let change = |appearance| SectionChange { id: "a".to_owned(), name: "n".to_owned(), appearance };
        assert_eq!(state.update_section(change(None)).await.unwrap().appearance, Some(look));
        assert_eq!(state.update_section(change(Some(None))).await.unwrap().appearance, None);
        let gone = SectionChange { id: "z".to_owned(), ..change(None) };
        assert_eq!(state.update_section(gone).await, Err(StateError::SectionNotFound("z".to_owned())));
    }

    #[tokio::test]
    async fn threads_stand_where_they_were_put() {
        let (_folder, state) = fresh();
        state.create_section(named("s")).await.unwrap();
        enter(&state, "one", "s", None, 1_000).await;
        enter(&state, "two", "s", None, 2_000).await;
        enter(&state, "three", "s", Some("one"), 3_000).await;
        enter(&state, "two", "s", Some("three"), 4_000).await;
        assert_eq!(state.in_section(Some("s".to_owned())).await.unwrap(), ["two", "three", "one"]);
        let facts = state.facts(vec!["two".to_owned()]).await.unwrap();
        assert_eq!(facts["two"].section_entered_at, Some(2), "who only moves inside has not entered again");
        enter(&state, "two", PINNED, None, 5_000).await;
        let facts = state.facts(vec!["two".to_owned()]).await.unwrap();
        assert_eq!(
            (facts["two"].section.as_ref().unwrap().id.as_str(), facts["two"].section_entered_at),
            (PINNED, Some(5))
        );
        let elsewhere = state.move_to_section("one".to_owned(), Some("s".to_owned()), Some("two".to_owned()), 6).await;
        let expected = StateError::BeforeElsewhere { before: "two".to_owned(), section: "s".to_owned() };
        assert_eq!(elsewhere, Err(expected));
        assert_eq!(
            state.move_to_section("one".to_owned(), Some("x".to_owned()), None, 6).await,
            Err(StateError::NoSuchSection("x".to_owned()))
        );
        state.delete_section("s".to_owned()).await.unwrap();
        assert_eq!(state.facts(vec!["one".to_owned()]).await.unwrap()["one"].section, None);
    }
}
