//! Where rollouts lie: names, dated folders, finding a thread's file.
//!
//! `sessions/YYYY/MM/DD/rollout-<YYYY-MM-DDThh-mm-ss>-<threadId>[_<uuid>].jsonl` in local time, `archived_sessions/<name>`
//! flat. A file placed flat in `sessions/` is found by id but not listed.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use uuid::Uuid;

/// The folders of one CODEX_HOME.
#[derive(Debug)]
pub(crate) struct Files {
    home: PathBuf,
    /// Folders as they were read; good while their time of change stays.
    known: Mutex<HashMap<PathBuf, (SystemTime, Arc<Folder>)>>,
    /// Files of threads that were resumed by path and are not found by id.
    elsewhere: Mutex<HashMap<String, RolloutFile>>,
}

/// A folder's rollouts.
#[derive(Debug)]
pub(crate) struct Folder {
    path: Arc<Path>,
    archived: bool,
    /// Newest first. Of a rollout that lies there twice, the one that is not compressed.
    names: Vec<Box<str>>,
    /// The compressed ones of those, in no order: what packing or unpacking left when it was cut short.
    doubles: Vec<Box<str>>,
    /// What has no name of a rollout yet, in no order.
    begun: Vec<Box<str>>,
}

/// A rollout file, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RolloutFile {
    folder: Arc<Path>,
    name: Box<str>,
    pub(crate) archived: bool,
}

impl Folder {
    /// The files, newest first.
    pub(crate) fn rollouts(&self) -> impl Iterator<Item = RolloutFile> {
        (0..self.names.len()).map(|index| self.rollout(index))
    }

    pub(crate) fn rollout(&self, index: usize) -> RolloutFile {
        RolloutFile { folder: Arc::clone(&self.path), name: self.names[index].clone(), archived: self.archived }
    }

    /// The compressed files beside others of the same name, in no order.
    fn doubles(&self) -> impl Iterator<Item = RolloutFile> {
        self.named(&self.doubles)
    }

    fn named<'a>(&'a self, names: &'a [Box<str>]) -> impl Iterator<Item = RolloutFile> + 'a {
        names.iter().map(|name| RolloutFile {
            folder: Arc::clone(&self.path),
            name: name.clone(),
            archived: self.archived,
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// How many files stand before the first that is `later` in the order from newest to oldest.
    pub(crate) fn position(&self, later: impl Fn(&str) -> bool) -> usize {
        self.names.partition_point(|name| !later(name))
    }

    /// The threads of those of the first `count` files that go on from an older one of the same thread.
    pub(crate) fn continued(&self, count: usize) -> impl Iterator<Item = &str> {
        self.names.iter().take(count).filter(|name| is_continuation(name)).map(|name| thread_id(name))
    }
}

impl RolloutFile {
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.join(&*self.name)
    }

    /// Where it lies or, compressed, would lie when unpacked: what the wire shows.
    pub(crate) fn unpacked_path(&self) -> PathBuf {
        self.folder.join(unpacked_name(&self.name))
    }

    /// The same file with its other name, compressed or not.
    pub(crate) fn other_form(&self) -> Self {
        let name = match self.name.strip_suffix(PACKED) {
            Some(name) => name.into(),
            None => format!("{}{PACKED}", self.name).into_boxed_str(),
        };
        Self { folder: Arc::clone(&self.folder), name, archived: self.archived }
    }

    /// Its name, which stays when it is moved.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is compressed.
    pub(crate) fn is_packed(&self) -> bool {
        self.name.ends_with(PACKED)
    }

    /// The folder by date that it belongs to while it is not archived, below `sessions`.
    pub(crate) fn day(&self) -> PathBuf {
        time(&self.name).get(..DAY_LENGTH).unwrap_or_default().split('-').collect()
    }

    /// The thread the file belongs to.
    pub(crate) fn thread_id(&self) -> &str {
        thread_id(&self.name)
    }

    /// When it was begun, in milliseconds of local time as if it were UTC.
    pub(crate) fn civil_ms(&self) -> i64 {
        civil_ms(&self.name)
    }

    /// Whether it goes on from an older file of the same thread.
    pub(crate) fn is_continuation(&self) -> bool {
        is_continuation(&self.name)
    }
}

pub(crate) fn thread_id(name: &str) -> &str {
    name.get(ID_AT..ID_AT + ID_LENGTH).unwrap_or_default()
}

/// The local time in a name, as text that sorts by time.
fn time(name: &str) -> &str {
    name.get(TIME_AT..ID_AT - 1).unwrap_or_default()
}

pub(crate) fn civil_ms(name: &str) -> i64 {
    let time = jiff::civil::DateTime::strptime("%Y-%m-%dT%H-%M-%S", time(name)).ok();
    let moment = time.and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC).ok());
    moment.map_or(0, |moment| moment.timestamp().as_millisecond())
}

fn is_continuation(name: &str) -> bool {
    name.as_bytes().get(ID_AT + ID_LENGTH) == Some(&b'_')
}

/// Folders that are kept in memory; more than years of use make.
const MAX_KNOWN: usize = 4096;
/// A folder that changed less than this before it was read may change again without its time telling.
const SETTLED: Duration = Duration::from_secs(2);

/// Where the id stands in a name: after `rollout-`, the time and a dash.
const ID_AT: usize = "rollout-YYYY-MM-DDThh-mm-ss-".len();
const TIME_AT: usize = "rollout-".len();
const ID_LENGTH: usize = 36;
const DAY_LENGTH: usize = "YYYY-MM-DD".len();
/// What the name of a compressed rollout ends with.
const PACKED: &str = ".zst";
/// The extension of a file that gets its name with its first lines.
pub(crate) const BEGUN: &str = "begun";

impl Files {
    pub(crate) fn new(home: PathBuf) -> Self {
        Self { home, known: Mutex::default(), elsewhere: Mutex::default() }
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// Where a thread that begins at `created_at` will be kept.
    pub(crate) fn new_path(&self, thread_id: &str, created_at: &jiff::Zoned, continuation: Option<&str>) -> PathBuf {
        let folders = created_at.strftime("%Y/%m/%d").to_string();
        let tail = continuation.map(|id| format!("_{id}")).unwrap_or_default();
        let name = format!("rollout-{}-{thread_id}{tail}.jsonl", created_at.strftime("%Y-%m-%dT%H-%M-%S"));
        self.home.join("sessions").join(folders).join(name)
    }

    /// The newest file of a thread, or its archived one.
    pub(crate) fn find(&self, thread_id: &str) -> io::Result<Option<RolloutFile>> {
        if Uuid::parse_str(thread_id).is_err() {
            return Ok(None);
        }
        let found = self.first(|file| file.thread_id() == thread_id)?;
        Ok(found.or_else(|| self.elsewhere().get(thread_id).cloned()))
    }

    /// The file at a path, whatever its name.
    pub(crate) fn at(&self, path: &Path) -> Option<RolloutFile> {
        let name = path.file_name()?.to_str()?;
        let folder = path.parent()?;
        let archived = folder == self.archive_folder();
        Some(RolloutFile { folder: folder.into(), name: name.into(), archived })
    }

    /// Remembers where the file of a thread lies that is not found by its id.
    pub(crate) fn remember(&self, thread_id: &str, file: RolloutFile) -> io::Result<()> {
        if self.find(thread_id)?.as_ref() != Some(&file) {
            self.elsewhere().insert(thread_id.to_owned(), file);
        }
        Ok(())
    }

    fn elsewhere(&self) -> MutexGuard<'_, HashMap<String, RolloutFile>> {
        self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file that `newer` goes on from: the one that was its base thread's newest when `newer` was begun.
    /// `holds` tells whether a file holds the place.
    pub(crate) fn base_of(
        &self,
        newer: &RolloutFile,
        base: &str,
        holds: impl Fn(&RolloutFile) -> bool,
    ) -> io::Result<Option<RolloutFile>> {
        self.first(|file| {
            let before = if base == newer.thread_id() {
                unpacked_name(&file.name) < unpacked_name(&newer.name)
            } else {
                time(&file.name) <= time(&newer.name)
            };
            file.thread_id() == base && before && holds(file)
        })
    }

    /// The newest file that fits, those below dated folders first, archived ones last.
    fn first(&self, fits: impl Fn(&RolloutFile) -> bool) -> io::Result<Option<RolloutFile>> {
        for day in self.days()? {
            if let Some(file) = self.folder(&day, false)?.rollouts().find(&fits) {
                return Ok(Some(file));
            }
        }
        let flat = self.folder(&self.home.join("sessions"), false)?;
        let archived = self.archived()?;
        Ok(flat.rollouts().chain(archived.rollouts()).find(&fits))
    }

    /// Every file of a thread, compressed ones too, oldest first.
    pub(crate) fn all_of(&self, thread_id: &str) -> io::Result<Vec<RolloutFile>> {
        self.select(|file| file.thread_id() == thread_id)
    }

    /// Every file, oldest first.
    pub(crate) fn all(&self) -> io::Result<Vec<RolloutFile>> {
        self.select(|_| true)
    }

    /// Every file that was begun in the second of `first` or later and is none of the thread's.
    pub(crate) fn others_since(&self, first: &RolloutFile) -> io::Result<Vec<RolloutFile>> {
        self.select(|file| file.thread_id() != first.thread_id() && time(&file.name) >= time(&first.name))
    }

    /// The files that fit, compressed ones too, oldest first.
    fn select(&self, fits: impl Fn(&RolloutFile) -> bool) -> io::Result<Vec<RolloutFile>> {
        let mut folders = vec![self.archived()?, self.folder(&self.home.join("sessions"), false)?];
        for day in self.days()? {
            folders.push(self.folder(&day, false)?);
        }
        let all = folders.iter().flat_map(|folder| folder.rollouts().chain(folder.doubles()));
        let mut files: Vec<_> = all.filter(fits).collect();
        files.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// The files that have no first lines yet: of threads that are being begun, or left by a server that was killed.
    pub(crate) fn begun(&self) -> io::Result<Vec<RolloutFile>> {
        let mut begun = Vec::new();
        for day in self.days()? {
            let folder = self.folder(&day, false)?;
            begun.extend(folder.named(&folder.begun));
        }
        Ok(begun)
    }

    /// Where the archived files lie.
    pub(crate) fn archive_folder(&self) -> PathBuf {
        self.home.join("archived_sessions")
    }

    /// The threads whose id begins so, in lower case or not, each once and in order; archived ones included.
    pub(crate) fn threads(&self, prefix: &str) -> io::Result<BTreeSet<String>> {
        let mut threads = BTreeSet::new();
        let mut take = |folder: Arc<Folder>| {
            let fits = |id: &&str| id.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix));
            threads.extend(folder.names.iter().map(|name| thread_id(name)).filter(fits).map(str::to_owned));
        };
        for day in self.days()? {
            take(self.folder(&day, false)?);
        }
        take(self.folder(&self.home.join("sessions"), false)?);
        take(self.archived()?);
        Ok(threads)
    }

    /// Every file that lists may show, archived ones too.
    pub(crate) fn listed(&self) -> io::Result<Vec<RolloutFile>> {
        let mut listed = Vec::new();
        for day in self.days()? {
            listed.extend(self.folder(&day, false)?.rollouts());
        }
        listed.extend(self.archived()?.rollouts());
        Ok(listed)
    }

    /// The archived files.
    pub(crate) fn archived(&self) -> io::Result<Arc<Folder>> {
        self.folder(&self.archive_folder(), true)
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

    /// The rollouts of a folder; none when it does not exist.
    pub(crate) fn folder(&self, path: &Path, archived: bool) -> io::Result<Arc<Folder>> {
        let changed = fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, folder)) = known.get(path)
            && Some(*at) == changed
        {
            return Ok(Arc::clone(folder));
        }
        let (mut names, others): (Vec<_>, Vec<_>) =
            entries(path)?.into_iter().partition(|name| is_rollout(unpacked_name(name)));
        let begun = others.into_iter().filter(|name| is_begun(name)).map(String::into_boxed_str).collect();
        names.sort_unstable_by(|a, b| b.cmp(a));
        // A compressed file stands right before the one of its name.
        let (mut kept, mut doubles) = (Vec::with_capacity(names.len()), Vec::new());
        let mut names = names.into_iter().map(String::into_boxed_str).peekable();
        while let Some(name) = names.next() {
            let is_double = names.peek().is_some_and(|next| name.strip_suffix(PACKED) == Some(next));
            if is_double { doubles.push(name) } else { kept.push(name) }
        }
        let folder = Arc::new(Folder { path: path.into(), archived, names: kept, doubles, begun });
        known.remove(path);
        // The file system's own time is compared here, not the time that threads are stamped with.
        let settled = changed.filter(|changed| changed.elapsed().is_ok_and(|age| age > SETTLED));
        if let Some(changed) = settled
            && known.len() < MAX_KNOWN
        {
            known.insert(path.to_owned(), (changed, Arc::clone(&folder)));
        }
        Ok(folder)
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
    let number = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit()).then(|| name.parse::<u32>().ok())?;
    let names = entries(folder)?;
    let mut folders: Vec<_> = names.iter().filter_map(|name| Some((number(name)?, folder.join(name)))).collect();
    folders.sort_unstable_by(|a, b| b.cmp(a));
    Ok(folders.into_iter().map(|(_, path)| path).collect())
}

fn unpacked_name(name: &str) -> &str {
    name.strip_suffix(PACKED).unwrap_or(name)
}

fn is_begun(name: &str) -> bool {
    name.strip_suffix(BEGUN).is_some_and(|name| is_rollout(&format!("{name}jsonl")))
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
            assert_eq!(thread_id(&name), id);
            assert_eq!(is_continuation(&name), name.contains('_'));
            assert_eq!(civil_ms(&name), 1_795_240_285_000);
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
        let path = Files::new(PathBuf::from("/home")).new_path("01a1fca8-d702-7412-be4f-d48a5554fea7", &created, None);
        assert_eq!(
            path,
            Path::new(
                "/home/sessions/2026/01/02/rollout-2026-01-02T23-30-05-01a1fca8-d702-7412-be4f-d48a5554fea7.jsonl"
            )
        );
    }
}
