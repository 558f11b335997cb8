//! Lets `bwrap` make the namespaces, for hosts where only that program may.
//!
//! What runs in the sandbox first is our helper again. It applies the filter of system calls, which `bwrap` could not
//! make, and passes signals on.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd as _, OwnedFd, RawFd};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::io::{FdFlags, fcntl_setfd};
use serde::{Deserialize, Serialize};

use super::failure::{Failure, Step as _, tell};
use super::helper::{self, Order};
use super::layout::{Kind, Layout};
use super::namespaces::{Inside, began, serve};
use super::start::Place;
use crate::EXIT_SETUP_FAILED;
use crate::platform::HELPER_ARGUMENT;

/// Entries of `/proc` that speak about the machine and not about a process. `bwrap` protects some of them, but not from
/// the user root.
const MACHINE_ENTRIES: [&str; 6] =
    ["/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs", "/proc/acpi"];

/// What the helper inside is told.
#[derive(Debug, Serialize, Deserialize)]
pub struct InsideJob {
    /// Whether the command may use the network.
    pub network: bool,
    /// How the command stands to the terminal.
    pub place: Place,
    /// The number of the descriptor through which the process above speaks.
    pub control: RawFd,
    /// The number of the one through which that process learns that the helper inside has begun.
    pub report: RawFd,
}

/// Becomes `bwrap`; ends the process when that fails.
pub fn enter(program: &Path, inside: Inside, order: &Order) -> ! {
    if let Err(failure) = replace(program, inside, order) {
        tell(&failure);
    }
    std::process::exit(EXIT_SETUP_FAILED)
}

fn replace(program: &Path, inside: Inside, order: &Order) -> Result<(), Failure> {
    let step = format!("start {}", program.display());
    let own = std::env::current_exe().step("find this program's file for bubblewrap")?;
    let job = InsideJob {
        network: inside.network,
        place: order.place,
        control: inside.control.as_raw_fd(),
        report: inside.report.as_raw_fd(),
    };
    let job = serde_json::to_string(&job).map_err(io::Error::other).step(&step)?;
    let (mut args, open) = arguments(&inside.layout, inside.network, &inside.cwd, || {
        openat(CWD, "/dev/null", OFlags::RDONLY, Mode::empty())
    })
    .step(&step)?;
    for pipe in [&inside.control, &inside.report] {
        fcntl_setfd(pipe, FdFlags::empty()).step(&step)?;
    }
    args.extend([OsString::from("--"), own.into(), HELPER_ARGUMENT.into(), helper::INSIDE.into(), job.into()]);
    args.push(order.program.clone());
    args.extend(order.args.iter().cloned());
    rustix::process::umask(order.umask);
    order.signals.before.thread_set_mask().map_err(io::Error::from).step(&step)?;
    let error = Command::new(program).args(args).exec();
    drop(open);
    Err(error).step(step)
}

/// The options of `bwrap` for a layout, and the descriptors that must stay open for them. `empty` opens an empty file.
fn arguments(
    layout: &Layout,
    network: bool,
    cwd: &Path,
    empty: impl Fn() -> rustix::io::Result<OwnedFd>,
) -> rustix::io::Result<(Vec<OsString>, Vec<OwnedFd>)> {
    let mut open = Vec::new();
    let mut args: Vec<OsString> = Vec::new();
    let mut add = |words: &[&dyn AsRef<OsStr>]| args.extend(words.iter().map(|word| word.as_ref().to_owned()));
    add(&[&"--die-with-parent", &"--as-pid-1", &"--cap-drop", &"ALL"]);
    add(&[&"--unshare-user", &"--unshare-pid", &"--unshare-ipc"]);
    if !network {
        add(&[&"--unshare-net"]);
    }
    add(&[if layout.writable { &"--bind" } else { &"--ro-bind" }, &"/", &"/"]);
    add(&[&"--dev", &"/dev", &"--proc", &"/proc"]);
    for entry in MACHINE_ENTRIES {
        add(&[&"--ro-bind-try", &entry, &entry]);
    }
    let mut sealed: Vec<PathBuf> = Vec::new();
    for (path, kind) in &layout.steps {
        match kind {
            Kind::Write | Kind::Pin => add(&[&"--bind", path, path]),
            Kind::ReadOnly => add(&[&"--ro-bind", path, path]),
            Kind::Cover => {
                add(&[&"--perms", &"0555", &"--tmpfs", path]);
                sealed.push(path.clone());
            }
            Kind::Deny if path.is_dir() => {
                let way: BTreeSet<&Path> = layout.below(path).flat_map(|(below, _)| ways(path, below)).collect();
                add(&[&"--perms", if way.is_empty() { &"0000" } else { &"0111" }, &"--tmpfs", path]);
                for folder in way.into_iter().filter(|folder| *folder != path) {
                    add(&[&"--perms", &"0111", &"--dir", &folder]);
                }
                sealed.push(path.clone());
            }
            Kind::Deny => {
                let file = empty()?;
                add(&[&"--perms", &"0000", &"--ro-bind-data", &file.as_raw_fd().to_string(), path]);
                open.push(file);
            }
        }
    }
    for path in &sealed {
        add(&[&"--remount-ro", path]);
    }
    add(&[&"--chdir", &cwd]);
    Ok((args, open))
}

/// The folders on the way from a denied folder to what is allowed below it, with the former.
fn ways<'a>(denied: &'a Path, below: &'a Path) -> impl Iterator<Item = &'a Path> {
    below.ancestors().skip(1).take_while(move |folder| folder.starts_with(denied))
}

/// The helper in the sandbox that `bwrap` made.
pub fn inside(job: &str, program: OsString, args: Vec<OsString>) -> Result<i32, Failure> {
    let step = "understand the job inside of bubblewrap";
    let job: InsideJob = serde_json::from_str(job).map_err(io::Error::from).step(step)?;
    // A number is not an owned descriptor, so the pipes are opened once more.
    let again = |number: RawFd, access: OFlags| -> Result<OwnedFd, Failure> {
        let flags = access | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let pipe = openat(CWD, format!("/proc/self/fd/{number}"), flags, Mode::empty()).step(step)?;
        nix::unistd::close(number).step(step)?;
        Ok(pipe)
    };
    began(&again(job.report, OFlags::WRONLY)?);
    let control = again(job.control, OFlags::RDONLY)?;
    let mut order = Order::new(program, args, job.place)?;
    order.signals.mute();
    Ok(serve(File::from(control), job.network, &order))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_layout_becomes_options_in_its_order() {
        let folder = tempfile::tempdir().unwrap();
        let denied = folder.path().join("denied");
        std::fs::create_dir(&denied).unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let steps = BTreeMap::from([
            (PathBuf::from("/w"), Kind::Write),
            (PathBuf::from("/w/.git"), Kind::Cover),
            (PathBuf::from("/w/docs"), Kind::ReadOnly),
            (denied.clone(), Kind::Deny),
            (file.clone(), Kind::Deny),
        ]);
        let layout = Layout { writable: false, steps };
        let (args, open) =
            arguments(&layout, false, Path::new("/w"), || openat(CWD, "/dev/null", OFlags::RDONLY, Mode::empty()))
                .unwrap();
        let text = args.iter().map(|arg| arg.to_str().unwrap()).collect::<Vec<_>>().join(" ");
        assert!(text.contains("--unshare-net --ro-bind / / --dev /dev --proc /proc"), "{text}");
        let number = open[0].as_raw_fd();
        let expected = format!(
            "--perms 0000 --tmpfs {denied} --perms 0000 --ro-bind-data {number} {file} --bind /w /w --perms 0555 --tmpfs \
             /w/.git --ro-bind /w/docs /w/docs --remount-ro {denied} --remount-ro /w/.git --chdir /w",
            denied = denied.display(),
            file = file.display()
        );
        assert!(text.ends_with(&expected), "{text}");
        let (args, _) = arguments(&Layout::default(), true, Path::new("/"), || unreachable!()).unwrap();
        assert!(!args.contains(&OsString::from("--unshare-net")));
    }
}
