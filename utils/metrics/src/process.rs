//! What the system and the runtime tell about this process, and what it was built as.

use std::sync::OnceLock;

use crate::{Collect, Value};

static BUILD: OnceLock<[String; 2]> = OnceLock::new();

/// Says what this program is: its version, and that of the wire it speaks. The first call counts.
pub fn name_build(version: &str, wire_version: &str) {
    BUILD.get_or_init(|| [version.to_owned(), wire_version.to_owned()]);
}

/// Memory held in RAM, in bytes; `None` where the system does not tell.
#[must_use]
pub fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim_end().parse().ok()?;
    Some(kibibytes * 1024)
}

/// Open file descriptors; `None` where the system does not tell.
pub(crate) fn open_files() -> Option<u64> {
    // The folder is open while it is read.
    let listed = std::fs::read_dir("/proc/self/fd").ok()?.count() as u64;
    Some(listed.saturating_sub(1))
}

/// Tasks of the runtime that have not ended; `None` for who asks outside of one.
pub(crate) fn tasks_alive() -> Option<u64> {
    let handle = tokio::runtime::Handle::try_current().ok()?;
    Some(handle.metrics().num_alive_tasks() as u64)
}

/// A number that is asked for when it is shown.
pub(crate) struct Asked(pub(crate) fn() -> Option<u64>);
/// The build, as a row that is always 1.
pub(crate) struct Build;

impl Collect for Asked {
    fn collect(&self, each: &mut dyn FnMut(&[&str], Value)) {
        if let Some(number) = (self.0)() {
            each(&[], Value::Number(i64::try_from(number).unwrap_or(i64::MAX)));
        }
    }
}

impl Collect for Build {
    fn collect(&self, each: &mut dyn FnMut(&[&str], Value)) {
        if let Some([version, wire_version]) = BUILD.get() {
            each(&[version, wire_version], Value::Number(1));
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn the_system_tells() {
        assert!(super::resident_bytes().unwrap() > 100_000);
        assert!(super::open_files().unwrap() >= 3);
    }

    #[tokio::test]
    async fn a_task_counts_until_it_has_ended() {
        assert_eq!(super::tasks_alive(), Some(0));
        let (release, wait) = tokio::sync::oneshot::channel::<()>();
        let task = tokio::spawn(wait);
        assert_eq!(super::tasks_alive(), Some(1));
        drop(release);
        task.await.unwrap().unwrap_err();
        assert_eq!(super::tasks_alive(), Some(0));
        assert_eq!(std::thread::spawn(super::tasks_alive).join().unwrap(), None);
    }
}
