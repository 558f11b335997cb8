//! Where rollouts lie: names, dated folders, finding a thread's file.
//!
//! `sessions/YYYY/MM/DD/rollout-<YYYY-MM-DDThh-mm-ss>-<threadId>[_<uuid>].jsonl` in local time, `archived_sessions/<name>`
//! flat. A file placed flat in `sessions/` is found by id but not listed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

/// The folders of one CODEX_HOME.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    home: PathBuf,
}

/// A rollout file, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RolloutFile {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) archived: bool,
}

impl RolloutFile {
    /// The thread the file belongs to.
    pub(crate) fn thread_id(&self) -> &str {
        self.name.get(ID_AT..ID_AT + ID_LENGTH).unwrap_or_default()
    }

    /// The local time of creation, as text that sorts by time.
    pub(crate) fn time(&self) -> &str {
        self.name.get(TIME_AT..ID_AT - 1).unwrap_or_default()
    }

    /// The same in milliseconds, as if it were UTC.
    pub(crate) fn civil_ms(&self) -> i64 {
        let time = jiff::civil::DateTime::strptime("%Y-%m-%dT%H-%M-%S", self.time()).ok();
        let moment = time.and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC).ok());
        moment.map_or(0, |moment| moment.timestamp().as_millisecond())
    }
}

/// Where the id stands in a name: after `rollout-`, the time and a dash.
const ID_AT: usize = "rollout-YYYY-MM-DDThh-mm-ss-".len();
const TIME_AT: usize = "rollout-".len();
const ID_LENGTH: usize = 36;

impl Files {
    pub(crate) fn new(home: PathBuf) -> Self {
        Self { home }
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// Where a thread that begins at `created_at` will be kept.
    pub(crate) fn new_path(&self, thread_id: &str, created_at: &jiff::Zoned) -> PathBuf {
        let folders = created_at.strftime("%Y/%m/%d").to_string();
        let name = format!("rollout-{}-{thread_id}.jsonl", created_at.strftime("%Y-%m-%dT%H-%M-%S"));
        self.home.join("sessions").join(folders).join(name)
    }

    /// The newest file of a thread, or its archived one.
    pub(crate) fn find(&self, thread_id: &str) -> io::Result<Option<RolloutFile>> {
        if Uuid::parse_str(thread_id).is_err() {
            return Ok(None);
        }
        let of_thread = |file: &RolloutFile| file.thread_id() == thread_id;
        for day in self.days()? {
            if let Some(file) = rollouts_in(&day, false)?.into_iter().find(of_thread) {
                return Ok(Some(file));
            }
        }
        if let Some(file) = rollouts_in(&self.home.join("sessions"), false)?.into_iter().find(of_thread) {
            return Ok(Some(file));
        }
        Ok(self.archived()?.into_iter().find(of_thread))
    }

    /// The file that `newer` goes on from: the one that was its base thread's newest when `newer` was begun.
    pub(crate) fn base_of(&self, newer: &RolloutFile, base: &str) -> io::Result<Option<RolloutFile>> {
        let older = |file: &RolloutFile| {
            file.thread_id() == base
                && file.name != newer.name
                && if base == newer.thread_id() { file.name < newer.name } else { file.time() <= newer.time() }
        };
        for day in self.days()? {
            if let Some(file) = rollouts_in(&day, false)?.into_iter().find(older) {
                return Ok(Some(file));
            }
        }
        let flat = rollouts_in(&self.home.join("sessions"), false)?;
        Ok(flat.into_iter().chain(self.archived()?).find(older))
    }

    /// The archived files, newest first.
    pub(crate) fn archived(&self) -> io::Result<Vec<RolloutFile>> {
        rollouts_in(&self.home.join("archived_sessions"), true)
    }

    /// The dated folders, newest first.
    pub(crate) fn days(&self) -> io::Result<Vec<PathBuf>> {
        let mut days = Vec::new();
        for year in numbered(&self.home.join("sessions"))? {
            for month in numbered(&year)? {
                days.append(&mut numbered(&month)?);
            }
        }
        Ok(days)
    }
}

/// The entries of a folder; none when it does not exist.
fn entries(folder: &Path) -> io::Result<Vec<String>> {
    let read = match fs::read_dir(folder) {
        Ok(read) => read,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    // A name that is no UTF-8 is none of ours.
    Ok(read.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect())
}

/// The folders whose name is a number, highest first.
fn numbered(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = entries(folder)?;
    names.retain(|name| !name.is_empty() && name.len() <= 4 && name.bytes().all(|byte| byte.is_ascii_digit()));
    names.sort_unstable_by_key(|name| std::cmp::Reverse(name.parse::<u32>().unwrap_or_default()));
    Ok(names.iter().map(|name| folder.join(name)).collect())
}

/// The rollouts of a folder by their names, newest first.
pub(crate) fn rollouts_in(folder: &Path, archived: bool) -> io::Result<Vec<RolloutFile>> {
    let mut names = entries(folder)?;
    names.retain(|name| is_rollout(name));
    names.sort_unstable_by(|a, b| b.cmp(a));
    Ok(names.into_iter().map(|name| RolloutFile { path: folder.join(&name), name, archived }).collect())
}

fn is_rollout(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("rollout-").and_then(|rest| rest.strip_suffix(".jsonl")) else { return false };
    let time = rest.as_bytes().get(..19).unwrap_or_default();
    let shape = b"0000-00-00T00-00-00";
    let timed = time.len() == shape.len()
        && time
            .iter()
            .zip(shape)
            .all(|(byte, shape)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == shape });
    let id = name.get(ID_AT..ID_AT + ID_LENGTH).unwrap_or_default();
    let tail = name.get(ID_AT + ID_LENGTH..).unwrap_or_default();
    timed && Uuid::parse_str(id).is_ok() && (tail == ".jsonl" || tail.starts_with('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_reference_are_rollouts_and_others_are_not() {
        let id = "01a1fca8-d702-7412-be4f-d48a5554fea7";
        for name in [
            format!("rollout-2026-11-21T05-51-25-{id}.jsonl"),
            format!("rollout-2026-11-21T05-51-25-{id}_01a1fca2-6946-77e3-9cfc-d5eed9f651c2.jsonl"),
        ] {
            assert!(is_rollout(&name), "{name}");
            let file = RolloutFile { path: PathBuf::from(&name), name, archived: false };
            assert_eq!(file.thread_id(), id);
        }
        for name in [
            "rollout-2026-11-21T05-51-25-x.jsonl".to_owned(),
            format!("rollout-2026-11-21T05-51-{id}.jsonl"),
            format!("rollout-2026-11-21T05-51-25-{id}.json"),
            format!("rollout-2026-11-21T05-51-25-{id}x.jsonl"),
            format!("2026-11-21T05-51-25-{id}.jsonl"),
            "rollout-é.jsonl".to_owned(),
            "rollout-.jsonl".to_owned(),
        ] {
            assert!(!is_rollout(&name), "{name}");
        }
    }

    #[test]
    fn the_local_time_of_creation_names_file_and_folders() {
        let created = "2026-01-02T23:30:05.999-05:00[America/New_York]".parse::<jiff::Zoned>().unwrap();
        let path = Files::new(PathBuf::from("/home")).new_path("01a1fca8-d702-7412-be4f-d48a5554fea7", &created);
        assert_eq!(
            path,
            Path::new(
                "/home/sessions/2026/01/02/rollout-2026-01-02T23-30-05-01a1fca8-d702-7412-be4f-d48a5554fea7.jsonl"
            )
        );
    }
}
