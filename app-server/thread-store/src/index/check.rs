//! Whether the index is sound, and making it anew.

use std::path::PathBuf;

use super::{Index, Look, NAME, Pace, io_error, key};
use crate::files::Files;
use crate::{StoreError, replay};

/// What was found about the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexReport {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether there is one. Without one, it is made by the first list.
    pub exists: bool,
    /// Files it knows.
    pub files: usize,
    /// Files whose texts it has.
    pub texts: usize,
    /// What is wrong with it, in a few words each.
    pub faults: Vec<String>,
}

impl Index {
    /// Looks whether the index can be used and tells of every file what the file tells. Nothing is made or changed, unless it
    /// is broken: then it is replaced by an empty one, as any list would.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the folders cannot be read.
    pub(crate) fn check(&self, files: &Files) -> Result<IndexReport, StoreError> {
        let path = self.home.join(NAME);
        let mut report = IndexReport { exists: path.exists(), path, ..IndexReport::default() };
        if !report.exists {
            return Ok(report);
        }
        let mut look = self.open();
        if look.state.database.is_none() {
            report.faults.push("it cannot be opened".to_owned());
            return Ok(report);
        }
        let sound = |report: &mut IndexReport, look: &mut Look<'_>| {
            let answer = look.ask(|database| {
                let verdict: String =
                    database.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
                Ok((verdict, database.counts()?))
            });
            match answer {
                Some((verdict, (known, texts))) => {
                    (report.files, report.texts) = (known, texts);
                    if verdict != "ok" {
                        report.faults.push(format!("it is damaged: {verdict}"));
                    }
                }
                None => report.faults.push("it cannot be read".to_owned()),
            }
        };
        sound(&mut report, &mut look);
        for file in files.listed().map_err(io_error(files.home()))? {
            let path = file.path();
            let Ok(metadata) = std::fs::metadata(&path) else { continue };
            let (key, stamp) = (key(&self.home, &path), super::Stamp::of(&metadata));
            let Some(known) = look.ask(|database| database.thread(&key, stamp)).flatten() else { continue };
            let mut told = replay::summarize(files, file).ok().and_then(|summarized| summarized.stored);
            let told = told.as_mut().map(|stored| {
                stored.thread.path = known.as_ref().and_then(|thread| thread.path.clone());
                &stored.thread
            });
            if known.as_ref() != told {
                report.faults.push(format!("it tells something else than {}", path.display()));
            }
        }
        Ok(report)
    }

    /// Throws the index away and fills a new one.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the old one cannot be taken away or the folders cannot be read.
    pub(crate) fn rebuild(&self, files: &Files) -> Result<(), StoreError> {
        let path = self.home.join(NAME);
        {
            let mut look = self.open();
            *look.state = super::State::default();
            codex_utils_database::remove(&path).map_err(|error| StoreError::io(&path, std::io::Error::other(error)))?;
        }
        while self.fill(files, Pace::AtOnce)? {}
        Ok(())
    }
}
