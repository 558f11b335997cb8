//! Builds the view of the file system that the command gets, in a mount namespace of its own.
//!
//! Nothing is copied and no new root is made: every mount that is there becomes read-only, and then the steps of the
//! layout are mounted over it. Paths are opened without following a single link, so that a command of another sandbox
//! that moves folders about at the same moment leads to a refusal and not to a mount in the wrong place.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::os::fd::{AsFd, AsRawFd as _, OwnedFd};
use std::path::{Path, PathBuf};
use std::{fs, io};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, ResolveFlags, StatVfsMountFlags, StatxFlags, fstatvfs, mkdirat, openat};
use rustix::io::Errno;
use rustix::mount::{
    FsMountFlags, FsOpenFlags, MountAttrFlags, MountFlags, MountPropagationFlags, MoveMountFlags, OpenTreeFlags,
    fsconfig_create, fsconfig_set_string, fsmount, fsopen, mount_change, mount_remount, move_mount, open_tree,
};

use super::devices;
use super::failure::{Failure, Step as _};
use super::layout::{Kind, Layout};
use super::mountinfo::{self, Mount};

/// Entries of `/proc` that speak about the machine and not about a process; read-only in the sandbox. As far as they
/// exist: the kernel's configuration decides.
const MACHINE_ENTRIES: [&str; 11] =
    ["acpi", "asound", "bus", "driver", "dynamic_debug", "fs", "irq", "scsi", "sys", "sysrq-trigger", "tty"];

/// Makes the view. The process is the first of new namespaces of mounts, users and processes.
pub fn build(layout: &Layout, console: Option<&Path>) -> Result<(), Failure> {
    mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC)
        .step("part from the mounts of the host")?;
    let mut originals = BTreeMap::new();
    for path in layout.steps.iter().filter(|(_, kind)| **kind == Kind::Write).map(|(path, _)| path) {
        originals.insert(path, copy_of(path).step(format_args!("open the writable root {}", path.display()))?);
    }
    let devices = devices::take(console)?;
    if !layout.writable {
        seal()?;
    }
    // What lies in a writable root later is copied while all is still read-only.
    for path in layout.steps.iter().filter(|(_, kind)| **kind == Kind::ReadOnly).map(|(path, _)| path) {
        originals.insert(path, copy_of(path).step(format_args!("open the read-only path {}", path.display()))?);
    }
    let nothing = Nothing::prepare(layout)?;
    mount_processes()?;
    devices.mount()?;
    for (at, (path, kind)) in layout.steps.iter().enumerate() {
        let name = format_args!("mount {}", path.display());
        let copy = match kind {
            Kind::Write | Kind::ReadOnly => originals.remove(path).ok_or(Errno::NOENT).step(name)?,
            Kind::Pin => copy_of(path).step(name)?,
            Kind::Cover => nothing.copy("empty").step(name)?,
            Kind::Deny => nothing.copy(&format!("denied-{at}")).step(name)?,
        };
        attach(&copy, path).step(name)?;
        let strict = MountFlags::NOSUID | MountFlags::NODEV;
        match kind {
            Kind::Write | Kind::Pin => restrict(&copy, strict).step(name)?,
            Kind::ReadOnly | Kind::Cover | Kind::Deny => restrict(&copy, strict | MountFlags::RDONLY).step(name)?,
        }
    }
    Ok(())
}

/// Opens a path without following links and copies the mounts at and below it.
pub fn copy_of(path: &Path) -> io::Result<OwnedFd> {
    let place = open_place(path)?;
    Ok(copy_at(&place, "", OpenTreeFlags::AT_RECURSIVE | OpenTreeFlags::AT_EMPTY_PATH)?)
}

fn copy_at(folder: impl AsFd, name: &str, flags: OpenTreeFlags) -> Result<OwnedFd, Errno> {
    let always = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC | OpenTreeFlags::AT_SYMLINK_NOFOLLOW;
    open_tree(folder, name, always | flags)
}

/// Puts copied mounts at a path.
pub fn attach(copy: impl AsFd, path: &Path) -> io::Result<()> {
    attach_at(copy, &open_place(path)?)
}

fn attach_at(copy: impl AsFd, place: &OwnedFd) -> io::Result<()> {
    let flags = MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH | MoveMountFlags::MOVE_MOUNT_T_EMPTY_PATH;
    Ok(move_mount(copy, "", place, "", flags)?)
}

fn open_place(path: &Path) -> io::Result<OwnedFd> {
    let resolve = ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    Ok(rustix::fs::openat2(CWD, path, OFlags::PATH | OFlags::CLOEXEC, Mode::empty(), resolve)?)
}

/// Makes a file system that belongs to the sandbox.
pub fn new_file_system(kind: &str, options: &[(&str, &str)], attributes: MountAttrFlags) -> Result<OwnedFd, Errno> {
    let system = fsopen(kind, FsOpenFlags::FSOPEN_CLOEXEC)?;
    for (name, value) in options {
        fsconfig_set_string(&system, *name, *value)?;
    }
    fsconfig_create(&system)?;
    fsmount(&system, FsMountFlags::FSMOUNT_CLOEXEC, attributes)
}

/// Adds flags to one mount.
fn restrict(mount: &OwnedFd, flags: MountFlags) -> io::Result<()> {
    let mut flags = flags | MountFlags::BIND;
    let known = fstatvfs(mount)?.f_flag;
    for (old, new) in [
        (StatVfsMountFlags::RDONLY, MountFlags::RDONLY),
        (StatVfsMountFlags::NOSUID, MountFlags::NOSUID),
        (StatVfsMountFlags::NODEV, MountFlags::NODEV),
        (StatVfsMountFlags::NOEXEC, MountFlags::NOEXEC),
    ] {
        if known.contains(old) {
            flags |= new;
        }
    }
    Ok(mount_remount(through(mount), flags, "")?)
}

/// A path to what a descriptor stands for.
fn through(descriptor: &OwnedFd) -> PathBuf {
    PathBuf::from(format!("/proc/self/fd/{}", descriptor.as_raw_fd()))
}

/// Makes every mount read-only.
fn seal() -> Result<(), Failure> {
    let table = fs::read("/proc/self/mountinfo").step("read the table of mounts")?;
    let mounts = mountinfo::parse(&table)
        .ok_or_else(|| io::Error::other("it is not as the kernel documents it"))
        .step("understand the table of mounts")?;
    for mount in mounts {
        if on_top(&mount).step(format_args!("look at the mount {}", mount.point.display()))? {
            let flags = mount.flags | MountFlags::BIND | MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
            mount_remount(&mount.point, flags, "")
                .step(format_args!("make the mount {} read-only", mount.point.display()))?;
        }
    }
    Ok(())
}

/// Whether a mount is what one finds at its place: neither hidden by another mount nor out of reach.
fn on_top(mount: &Mount) -> io::Result<bool> {
    let flags = AtFlags::SYMLINK_NOFOLLOW | AtFlags::NO_AUTOMOUNT | AtFlags::STATX_DONT_SYNC;
    match rustix::fs::statx(CWD, &mount.point, flags, StatxFlags::MNT_ID) {
        Ok(found) if found.stx_mask & StatxFlags::MNT_ID.bits() != 0 => Ok(found.stx_mnt_id == mount.id),
        Ok(_) => Err(io::Error::other("the kernel does not tell the numbers of mounts; Linux 5.8 or newer is needed")),
        // Whoever cannot reach it with the rights of this process, has none less to lose than the command.
        Err(Errno::NOENT | Errno::NOTDIR | Errno::ACCESS) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// A file system with what is seen in the place of covered and denied paths.
struct Nothing {
    root: OwnedFd,
}

impl Nothing {
    /// Makes it. It is mounted at `/proc`, where the processes of the sandbox hide it at once.
    fn prepare(layout: &Layout) -> Result<Self, Failure> {
        let step = "make what is seen in the place of denied paths";
        let attributes =
            MountAttrFlags::MOUNT_ATTR_NOSUID | MountAttrFlags::MOUNT_ATTR_NODEV | MountAttrFlags::MOUNT_ATTR_NOEXEC;
        let root = new_file_system("tmpfs", &[("mode", "0755"), ("size", "1m")], attributes).step(step)?;
        mkdirat(&root, "empty", Mode::from_raw_mode(0o555)).step(step)?;
        for (at, (path, _)) in layout.steps.iter().enumerate().filter(|(_, (_, kind))| **kind == Kind::Deny) {
            deny(&root, &format!("denied-{at}"), layout, path).step(step)?;
        }
        let place = open_place(Path::new("/proc")).step(step)?;
        attach_at(&root, &place).step(step)?;
        Ok(Self { root })
    }

    fn copy(&self, name: &str) -> io::Result<OwnedFd> {
        Ok(copy_at(&self.root, name, OpenTreeFlags::empty())?)
    }
}

/// Makes what is seen in the place of one denied path: a file or folder without any right, with empty places for what is
/// allowed below it.
fn deny(root: &OwnedFd, name: &str, layout: &Layout, path: &Path) -> io::Result<()> {
    let file = OFlags::CREATE | OFlags::WRONLY | OFlags::CLOEXEC;
    if !fs::symlink_metadata(path)?.is_dir() {
        openat(root, name, file, Mode::empty())?;
        return Ok(());
    }
    let below: Vec<&Path> = layout.below(path).map(|(below, _)| below).collect();
    let mode = Mode::from_raw_mode(if below.is_empty() { 0 } else { 0o111 });
    mkdirat(root, name, mode)?;
    for allowed in below {
        let Ok(relative) = allowed.strip_prefix(path) else { continue };
        let place = Path::new(name).join(relative);
        let mut folders: Vec<&Path> =
            place.ancestors().skip(1).take_while(|folder| *folder != Path::new(name)).collect();
        folders.reverse();
        for folder in folders {
            made(mkdirat(root, folder, Mode::from_raw_mode(0o111)))?;
        }
        if fs::symlink_metadata(allowed)?.is_dir() {
            made(mkdirat(root, &place, Mode::from_raw_mode(0o111)))?;
        } else {
            openat(root, &place, file, Mode::empty())?;
        }
    }
    Ok(())
}

/// Whether a folder is there after it was made, by whomever.
fn made(result: Result<(), Errno>) -> io::Result<()> {
    match result {
        Ok(()) | Err(Errno::EXIST) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Mounts the processes of the sandbox at `/proc`; what speaks about the machine is read-only.
fn mount_processes() -> Result<(), Failure> {
    let step = |name: &dyn Display| format!("mount the processes of the sandbox at /proc{name}");
    let quiet =
        MountAttrFlags::MOUNT_ATTR_NOSUID | MountAttrFlags::MOUNT_ATTR_NODEV | MountAttrFlags::MOUNT_ATTR_NOEXEC;
    let place = open_place(Path::new("/proc")).step(step(&""))?;
    let sealed = new_file_system("proc", &[], quiet | MountAttrFlags::MOUNT_ATTR_RDONLY).step(step(&""))?;
    attach_at(&sealed, &place).step(step(&""))?;
    let open = new_file_system("proc", &[], quiet).step(step(&""))?;
    attach_at(&open, &open_place(Path::new("/proc")).step(step(&""))?).step(step(&""))?;
    for entry in MACHINE_ENTRIES {
        let copy = match copy_at(&sealed, entry, OpenTreeFlags::empty()) {
            Ok(copy) => copy,
            Err(Errno::NOENT) => continue,
            Err(error) => return Err(error).step(step(&format_args!("/{entry}"))),
        };
        attach(&copy, &Path::new("/proc").join(entry)).step(step(&format_args!("/{entry}")))?;
    }
    Ok(())
}
