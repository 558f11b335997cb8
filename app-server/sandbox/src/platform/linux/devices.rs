//! The devices of a sandbox: a small `/dev` of its own.

use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{Mode, OFlags, mkdirat, openat, symlinkat};
use rustix::io::Errno;
use rustix::mount::MountAttrFlags;

use super::failure::{Failure, Step as _};
use super::mounts::{attach, copy_of, new_file_system};

/// The devices of the host that every program may use.
const SHARED: [&str; 7] = ["null", "zero", "full", "random", "urandom", "tty", "console"];

/// The one that is not the host's: the terminal of the command, by a name that it can find.
const CONSOLE: &str = "console";

/// Links to what every process has.
const LINKS: [(&str, &str); 5] = [
    ("fd", "/proc/self/fd"),
    ("stdin", "/proc/self/fd/0"),
    ("stdout", "/proc/self/fd/1"),
    ("stderr", "/proc/self/fd/2"),
    ("ptmx", "pts/ptmx"),
];

/// Devices of the host, taken before they are out of sight.
pub struct Devices {
    nodes: Vec<(&'static str, OwnedFd)>,
}

/// Takes the devices that a sandbox needs. `console` is the path of the command's terminal.
pub fn take(console: Option<&Path>) -> Result<Devices, Failure> {
    let mut nodes = Vec::new();
    for name in SHARED {
        let host = Path::new("/dev").join(name);
        let path = if name == CONSOLE { console } else { Some(host.as_path()) };
        let Some(path) = path else { continue };
        match copy_of(path) {
            Ok(node) => nodes.push((name, node)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).step(format_args!("take the device {}", path.display())),
        }
    }
    Ok(Devices { nodes })
}

impl Devices {
    /// Mounts the sandbox's own `/dev`: the taken devices, new terminals, and an empty shared memory.
    pub fn mount(self) -> Result<(), Failure> {
        let step = "mount the devices of the sandbox at /dev";
        let attributes = MountAttrFlags::MOUNT_ATTR_NOSUID | MountAttrFlags::MOUNT_ATTR_NODEV;
        let root = new_file_system("tmpfs", &[("mode", "0755")], attributes).step(step)?;
        let made = || -> Result<(), Errno> {
            for (name, _) in &self.nodes {
                openat(&root, *name, OFlags::CREATE | OFlags::WRONLY | OFlags::CLOEXEC, Mode::from_raw_mode(0o666))?;
            }
            for (name, target) in LINKS {
                symlinkat(target, &root, name)?;
            }
            mkdirat(&root, "pts", Mode::from_raw_mode(0o755))?;
            mkdirat(&root, "shm", Mode::from_raw_mode(0o1777))
        };
        made().step(step)?;
        attach(&root, Path::new("/dev")).step(step)?;
        for (name, node) in &self.nodes {
            attach(node, &Path::new("/dev").join(name)).step(format_args!("mount the device /dev/{name}"))?;
        }
        let quiet = MountAttrFlags::MOUNT_ATTR_NOSUID | MountAttrFlags::MOUNT_ATTR_NOEXEC;
        let terminals = new_file_system("devpts", &[("ptmxmode", "0666"), ("mode", "0620")], quiet)
            .step("make the terminals of the sandbox")?;
        attach(terminals, Path::new("/dev/pts")).step("mount the terminals of the sandbox at /dev/pts")
    }
}
