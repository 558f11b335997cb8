//! The index's tables, and what of them is held in memory.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use codex_app_server_protocol::v2::Thread;
use codex_utils_database::rusqlite::{self, Connection, OptionalExtension, TransactionBehavior, params};
use codex_utils_database::{Kind, OpenError, open_within};

/// How long a statement waits for another process; reading the files takes hardly longer.
const BUSY: Duration = Duration::from_millis(20);

/// Parts of texts that one question may ask for; with more, most texts have one of them.
const MAX_PARTS: usize = 128;

/// The versions of the schema; what reads something else out of the files adds one that empties the tables. Texts are found
/// by three letters each and stand in no table themselves.
pub(super) const SCHEMA: &[&str] = &["
    CREATE TABLE rollout (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE,
        size INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        has_text INTEGER NOT NULL,
        thread TEXT
    );
    CREATE VIRTUAL TABLE message USING fts5(
        text, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1'
    );
"];

/// What tells one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// In bytes.
    pub(super) size: i64,
    /// The time of change in nanoseconds since 1970.
    pub(super) modified: i64,
}

/// What was read of a file.
pub(super) struct Change {
    pub(super) key: Box<str>,
    pub(super) stamp: Stamp,
    /// What lists show of it, if anything.
    pub(super) thread: Option<Thread>,
    /// What was said in it, folded; `None` when that was not looked at.
    pub(super) text: Option<String>,
}

#[derive(Clone, Copy)]
struct Row {
    id: i64,
    stamp: Stamp,
    has_text: bool,
}

/// The open index.
pub(super) struct Database {
    pub(super) connection: Connection,
    /// The rows that were seen, by path.
    rows: HashMap<Box<str>, Row>,
    /// Whether these are all.
    complete: bool,
}

impl Database {
    pub(super) fn open(path: &Path) -> Result<Self, OpenError> {
        let connection = open_within(path, Kind::Cache, SCHEMA, BUSY)?;
        Ok(Self { connection, rows: HashMap::new(), complete: false })
    }

    fn row(&mut self, key: &str) -> rusqlite::Result<Option<Row>> {
        if let Some(row) = self.rows.get(key) {
            return Ok(Some(*row));
        }
        if self.complete {
            return Ok(None);
        }
        let mut statement =
            self.connection.prepare_cached("SELECT id, size, modified, has_text FROM rollout WHERE path = ?1")?;
        let found = statement.query_row([key], |row| read_row(row, 0)).optional()?;
        if let Some(row) = found {
            self.rows.insert(key.into(), row);
        }
        Ok(found)
    }

    /// Reads all rows, in one go instead of one by one.
    pub(super) fn complete(&mut self) -> rusqlite::Result<()> {
        if self.complete {
            return Ok(());
        }
        let mut statement = self.connection.prepare("SELECT path, id, size, modified, has_text FROM rollout")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, Box<str>>(0)?, read_row(row, 1)?)))?;
        for row in rows {
            let (key, row) = row?;
            self.rows.insert(key, row);
        }
        self.complete = true;
        Ok(())
    }

    /// What lists show of a file in this state; the outer `None` when the index does not know.
    #[expect(clippy::option_option, reason = "known to be hidden is not the same as unknown")]
    pub(super) fn thread(&mut self, key: &str, stamp: Stamp) -> rusqlite::Result<Option<Option<Thread>>> {
        let Some(row) = self.row(key)?.filter(|row| row.stamp == stamp) else { return Ok(None) };
        let mut statement = self
            .connection
            .prepare_cached("SELECT thread FROM rollout WHERE id = ?1 AND size = ?2 AND modified = ?3")?;
        let read = |row: &rusqlite::Row<'_>| {
            let json = row.get_ref(0)?.as_str_or_null().map_err(rusqlite::Error::from)?;
            Ok(json.map(serde_json::from_str::<Thread>).transpose().ok())
        };
        Ok(statement.query_row(params![row.id, stamp.size, stamp.modified], read).optional()?.flatten())
    }

    /// The number under which a file's texts are found; `None` when the index does not have those of this state.
    pub(super) fn text(&mut self, key: &str, stamp: Stamp) -> rusqlite::Result<Option<i64>> {
        self.complete()?;
        Ok(self.row(key)?.filter(|row| row.stamp == stamp && row.has_text).map(|row| row.id))
    }

    /// The numbers of the files whose texts match.
    pub(super) fn matching(&mut self, question: &str) -> rusqlite::Result<HashSet<i64>> {
        let mut statement = self.connection.prepare_cached("SELECT rowid FROM message WHERE message MATCH ?1")?;
        statement.query_map([question], |row| row.get(0))?.collect()
    }

    /// The parts of texts that begin with two letters; `None` when there are too many to ask for.
    pub(super) fn parts_from(&mut self, pair: &str) -> rusqlite::Result<Option<BTreeSet<String>>> {
        self.connection
            .execute_batch("CREATE VIRTUAL TABLE IF NOT EXISTS temp.part USING fts5vocab(main, message, row)")?;
        let mut statement =
            self.connection.prepare_cached("SELECT term FROM temp.part WHERE term >= ?1 AND term < ?2 LIMIT ?3")?;
        let behind = format!("{pair}{}", char::MAX);
        let parts = statement.query_map(params![pair, behind, MAX_PARTS + 1], |row| row.get(0))?;
        let parts: BTreeSet<String> = parts.collect::<Result<_, _>>()?;
        Ok((parts.len() <= MAX_PARTS).then_some(parts))
    }

    /// Writes what was read of files.
    pub(super) fn keep(&mut self, changes: &[Change]) -> rusqlite::Result<()> {
        let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut kept = Vec::with_capacity(changes.len());
        {
            let mut upsert = change.prepare_cached(
                "INSERT INTO rollout (path, size, modified, has_text, thread) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (path) DO UPDATE SET size = ?2, modified = ?3, has_text = ?4, thread = ?5 RETURNING id",
            )?;
            let mut forget = change.prepare_cached("DELETE FROM message WHERE rowid = ?1")?;
            let mut insert = change.prepare_cached("INSERT INTO message (rowid, text) VALUES (?1, ?2)")?;
            for Change { key, stamp, thread, text } in changes {
                let json = thread.as_ref().map(serde_json::to_string).transpose();
                let json = json.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
                let values = params![key, stamp.size, stamp.modified, text.is_some(), json];
                let id = upsert.query_row(values, |row| row.get(0))?;
                if let Some(text) = text {
                    forget.execute([id])?;
                    insert.execute(params![id, text])?;
                }
                kept.push((key, Row { id, stamp: *stamp, has_text: text.is_some() }));
            }
        }
        change.commit()?;
        self.rows.extend(kept.into_iter().map(|(key, row)| (key.clone(), row)));
        Ok(())
    }

    /// Forgets the files that are not among `present`.
    pub(super) fn forget_others(&mut self, present: &HashSet<&str>) -> rusqlite::Result<()> {
        self.complete()?;
        let gone: Vec<_> = self.rows.keys().filter(|key| !present.contains(&***key)).cloned().collect();
        self.forget(&gone)
    }

    /// Forgets these files, known or not.
    pub(super) fn forget(&mut self, gone: &[Box<str>]) -> rusqlite::Result<()> {
        if gone.is_empty() {
            return Ok(());
        }
        let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut forget = change.prepare_cached("DELETE FROM rollout WHERE path = ?1 RETURNING id")?;
            let mut forget_text = change.prepare_cached("DELETE FROM message WHERE rowid = ?1")?;
            for key in gone {
                let id: Option<i64> = forget.query_row([key], |row| row.get(0)).optional()?;
                if let Some(id) = id {
                    forget_text.execute([id])?;
                }
            }
        }
        change.commit()?;
        for key in gone {
            self.rows.remove(key);
        }
        Ok(())
    }

    /// How many files it knows, and of how many it has the texts.
    pub(super) fn counts(&self) -> rusqlite::Result<(usize, usize)> {
        self.connection.query_row("SELECT count(*), coalesce(sum(has_text), 0) FROM rollout", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }
}

fn read_row(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Row> {
    let stamp = Stamp { size: row.get(first + 1)?, modified: row.get(first + 2)? };
    Ok(Row { id: row.get(first)?, stamp, has_text: row.get(first + 3)? })
}
