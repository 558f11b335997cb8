//! Lists and filling, one step after the other.

use std::fs::File;
use std::io::Write;
use std::time::SystemTime;

use codex_utils_database::rusqlite::Connection;

use super::fill::Calm;
use super::*;

/// A home with some threads, and its index.
struct Lab {
    home: tempfile::TempDir,
    files: Files,
    index: Index,
}

impl Lab {
    fn new(previews: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("sessions/2026/03/04")).unwrap();
        let lab = Self { files: Files::new(home.path().to_owned()), index: Index::new(home.path()), home };
        for (number, preview) in previews.iter().enumerate() {
            lab.write(number, preview);
        }
        lab
    }

    fn path(&self, number: usize) -> PathBuf {
        let name = format!("rollout-2026-03-04T05-06-07-{}.jsonl", Self::id(number));
        self.home.path().join("sessions/2026/03/04").join(name)
    }

    fn id(number: usize) -> String {
        format!("019cb77e-a0e0-7000-8000-{number:012x}")
    }

    /// Writes a file, whose time of change is always the same.
    fn write(&self, number: usize, preview: &str) {
        let id = Self::id(number);
        let line = |kind: &str, payload: &str| {
            format!("{{\"timestamp\":\"2026-03-04T05:06:07Z\",\"type\":\"{kind}\",\"payload\":{payload}}}\n")
        };
        let meta = format!(
            r#"{{"id":"{id}","timestamp":"2026-03-04T05:06:07Z","cwd":"/p","originator":"lab","cli_version":"1","source":"cli"}}"#
        );
        let message = format!(r#"{{"type":"user_message","message":"{preview}"}}"#);
        fs::write(self.path(number), line("session_meta", &meta) + &line("event_msg", &message)).unwrap();
        let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        File::options().append(true).open(self.path(number)).unwrap().set_modified(moment).unwrap();
    }

    fn preview(&self, look: &mut Look<'_>, number: usize) -> String {
        let file = self.files.at(&self.path(number)).unwrap();
        look.summarize(&self.files, &file).unwrap().unwrap().thread.preview
    }

    /// Lists all; whether there is something to fill.
    fn list(&self, count: usize) -> bool {
        let mut look = self.index.look();
        for number in 0..count {
            self.preview(&mut look, number);
        }
        look.finish()
    }

    fn fill(&self) {
        while self.index.fill(&self.files, Pace::Quiet).unwrap() {}
    }

    fn todo(&self) -> usize {
        self.index.locked().state.todo.as_ref().map_or(0, BTreeMap::len)
    }

    fn texts(&self) -> usize {
        self.index.locked().ask(|database| database.counts()).unwrap().1
    }
}

#[test]
fn lists_read_a_file_once() {
    let lab = Lab::new(&["before"]);
    let mut look = lab.index.look();
    assert_eq!(lab.preview(&mut look, 0), "before");
    // Neither its size nor its time tells.
    lab.write(0, "behind");
    assert_eq!(lab.preview(&mut look, 0), "before", "the same list again");
    assert!(look.finish());
    assert_eq!(lab.preview(&mut lab.index.look(), 0), "before", "the next list");
    assert_eq!(lab.preview(&mut Index::new(lab.home.path()).look(), 0), "before", "the next server");
}

#[test]
fn a_file_that_changes_between_lists_waits_to_be_filled_once() {
    let lab = Lab::new(&["one", "two"]);
    assert!(lab.list(2));
    assert_eq!(lab.todo(), 0, "everything is to be looked at");
    lab.fill();
    assert!(!lab.list(2));
    for _ in 0..5 {
        File::options().append(true).open(lab.path(0)).unwrap().write_all(b"\n").unwrap();
        assert!(lab.list(2));
        assert_eq!(lab.todo(), 1);
    }
    assert_eq!(lab.texts(), 1);
    lab.fill();
    assert_eq!((lab.todo(), lab.texts()), (0, 2));
    assert!(!lab.list(2));
}

#[test]
fn who_does_not_fill_leaves_it_to_the_next() {
    let lab = Lab::new(&["one"]);
    assert!(lab.list(1), "nobody came for it");
    assert!(lab.list(1) && lab.index.claim_filling());
    assert!(lab.list(1) && !lab.index.claim_filling(), "someone does it already");
    lab.fill();
    assert!(!lab.list(1) && lab.index.claim_filling());
}

#[test]
fn what_could_not_be_kept_is_filled_later() {
    let lab = Lab::new(&["one", "two"]);
    assert!(lab.list(0));
    let other = Connection::open(lab.home.path().join(NAME)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    lab.fill();
    assert_eq!(lab.texts(), 0);
    drop(other);
    assert!(lab.list(0));
    lab.fill();
    assert_eq!(lab.texts(), 2);
}

#[test]
fn filling_waits_for_quiet_and_not_for_ever() {
    let begin = Instant::now();
    let after = |millis| begin + Duration::from_millis(millis);
    let mut calm = Calm::default();
    assert!(calm.wait(begin).is_zero());
    calm.used(begin);
    assert!(calm.claim(begin) && !calm.claim(begin));
    assert_eq!(calm.wait(after(100)), Duration::from_millis(200));
    assert!(calm.wait(after(300)).is_zero());
    for at in (0..2_900).step_by(100) {
        calm.used(after(at));
        assert!(!calm.wait(after(at)).is_zero());
    }
    calm.used(after(2_900));
    assert_eq!(calm.wait(after(2_900)), Duration::from_millis(100));
    calm.used(after(3_000));
    assert!(calm.wait(after(3_000)).is_zero());
}
