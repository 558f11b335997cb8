//! The filters of system calls.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    sock_filter,
};

use super::failure::{Failure, Step as _};

/// Calls that no confined command may make: they look into other processes, change the machine, or are a second way
/// around the first filter. They end with EPERM.
const FORBIDDEN: &[i64] = &[
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_open_tree,
    libc::SYS_move_mount,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    OPEN_TREE_ATTR,
    libc::SYS_setns,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_open_by_handle_at,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_quotactl,
    QUOTACTL_FD,
    libc::SYS_acct,
    libc::SYS_reboot,
    libc::SYS_syslog,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_vhangup,
];

// Calls that the library's tables lack for some architecture. New calls have one number on all of them.
const QUOTACTL_FD: i64 = 443;
const FCHMODAT2: i64 = 452;
const SETXATTRAT: i64 = 463;
const REMOVEXATTRAT: i64 = 466;
const OPEN_TREE_ATTR: i64 = 467;
const FILE_SETATTR: i64 = 469;

#[cfg(target_arch = "x86_64")]
const FORBIDDEN_HERE: &[i64] = &[libc::SYS_iopl, libc::SYS_ioperm, libc::SYS_kexec_file_load];
#[cfg(not(target_arch = "x86_64"))]
const FORBIDDEN_HERE: &[i64] = &[];

/// Calls that change what a file is said to be, which Landlock does not watch. They end with EROFS where nothing may be
/// written at all.
const METADATA: &[i64] = &[
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    FCHMODAT2,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_utimensat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    SETXATTRAT,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    REMOVEXATTRAT,
    FILE_SETATTR,
];

#[cfg(target_arch = "x86_64")]
const METADATA_HERE: &[i64] =
    &[libc::SYS_chmod, libc::SYS_chown, libc::SYS_lchown, libc::SYS_utime, libc::SYS_utimes, libc::SYS_futimesat];
#[cfg(not(target_arch = "x86_64"))]
const METADATA_HERE: &[i64] = &[];

/// Requests of `ioctl` that type into a terminal for others: `TIOCSTI` and `TIOCLINUX`.
const TERMINAL_INPUT: [u64; 2] = [0x5412, 0x541c];

/// Requests of `ioctl` that change the attributes of a file, as [`METADATA`] does: `FS_IOC_SETFLAGS` and
/// `FS_IOC_FSSETXATTR`.
const FILE_ATTRIBUTES: [u64; 2] = [0x4008_6602, 0x401c_5820];

/// Applies the filters to this process and to all that it starts.
pub fn apply(network: bool, frozen: bool) -> Result<(), Failure> {
    for program in programs(network, frozen).map_err(std::io::Error::other).step("make the filter of system calls")? {
        seccompiler::apply_filter(&program)
            .map_err(std::io::Error::other)
            .step("apply the filter of system calls (seccomp)")?;
    }
    Ok(())
}

/// Whether this host has filters of system calls. Only asks, for a filter that is applied stays.
pub fn supported() -> Result<(), String> {
    let actions = std::fs::read_to_string("/proc/sys/kernel/seccomp/actions_avail")
        .map_err(|error| format!("the kernel does not tell its filter actions: {error}"))?;
    for action in ["errno", "kill_process", "allow"] {
        if !actions.split_whitespace().any(|known| known == action) {
            return Err(format!("the kernel's filters lack the action {action}"));
        }
    }
    match programs(false, true) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("no filter can be made for this processor: {error}")),
    }
}

/// The filters as programs; `frozen` adds the one for metadata.
fn programs(network: bool, frozen: bool) -> Result<Vec<BpfProgram>, seccompiler::BackendError> {
    let mut forbidden: BTreeMap<i64, Vec<SeccompRule>> =
        FORBIDDEN.iter().chain(FORBIDDEN_HERE).map(|call| (*call, Vec::new())).collect();
    forbidden.insert(libc::SYS_ioctl, one_of(1, &TERMINAL_INPUT)?);
    if !network {
        for call in [libc::SYS_connect, libc::SYS_bind, libc::SYS_listen] {
            forbidden.insert(call, Vec::new());
        }
        // With an address only: without one it is how `send` reaches the other end of a pair.
        let addressed = SeccompCondition::new(4, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, 0)?;
        forbidden.insert(libc::SYS_sendto, vec![SeccompRule::new(vec![addressed])?]);
        for call in [libc::SYS_socket, libc::SYS_socketpair] {
            forbidden.insert(call, foreign_sockets()?);
        }
    }
    // The last filter's error counts when several refuse a call, so only this one looks at the number's form.
    let mut first = other_numbers();
    first.extend(program(forbidden, libc::EPERM)?);
    let mut programs = vec![first];
    if frozen {
        let mut metadata: BTreeMap<i64, Vec<SeccompRule>> =
            METADATA.iter().chain(METADATA_HERE).map(|call| (*call, Vec::new())).collect();
        metadata.insert(libc::SYS_ioctl, one_of(1, &FILE_ATTRIBUTES)?);
        programs.push(program(metadata, libc::EROFS)?);
    }
    Ok(programs)
}

/// Sockets of other families than the local one, and local ones that carry an address with each message: `sendmsg`
/// hides it from the filter.
fn foreign_sockets() -> Result<Vec<SeccompRule>, seccompiler::BackendError> {
    let rule = |argument, operator, value: i32| {
        let value = u64::from(value.cast_unsigned());
        SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value)?])
    };
    // The kernel treats a raw local socket as one for datagrams.
    Ok(vec![
        rule(0, SeccompCmpOp::Ne, libc::AF_UNIX)?,
        rule(1, SeccompCmpOp::MaskedEq(0xf), libc::SOCK_DGRAM)?,
        rule(1, SeccompCmpOp::MaskedEq(0xf), libc::SOCK_RAW)?,
    ])
}

/// Rules that fit when the low half of an argument is one of the values; the kernel looks at no more of a request.
fn one_of(argument: u8, values: &[u64]) -> Result<Vec<SeccompRule>, seccompiler::BackendError> {
    values
        .iter()
        .map(|value| {
            SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, *value)?])
        })
        .collect()
}

fn program(rules: BTreeMap<i64, Vec<SeccompRule>>, error: i32) -> Result<BpfProgram, seccompiler::BackendError> {
    let refusal = SeccompAction::Errno(error.cast_unsigned());
    SeccompFilter::new(rules, SeccompAction::Allow, refusal, std::env::consts::ARCH.try_into()?)?.try_into()
}

/// Refuses the second set of numbers that calls have on x86-64 (x32), under which the rules would not see them.
fn other_numbers() -> BpfProgram {
    if cfg!(not(target_arch = "x86_64")) {
        return Vec::new();
    }
    let (load_number, jump_if_at_least, end) = (0x20, 0x35, 0x06);
    let refusal = u32::from(SeccompAction::Errno(libc::EPERM.cast_unsigned()));
    vec![
        sock_filter { code: load_number, jt: 0, jf: 0, k: 0 },
        sock_filter { code: jump_if_at_least, jt: 0, jf: 1, k: 0x4000_0000 },
        sock_filter { code: end, jt: 0, jf: 0, k: refusal },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_can_be_made_and_fits_the_kernel() {
        for (network, frozen) in [(true, true), (true, false), (false, true), (false, false)] {
            let made = programs(network, frozen).unwrap();
            assert_eq!(made.len(), 1 + usize::from(frozen));
            assert!(made.iter().all(|program| program.len() < 4096));
        }
    }

    #[test]
    fn no_call_is_named_twice() {
        let mut calls: Vec<i64> = [FORBIDDEN, FORBIDDEN_HERE, METADATA, METADATA_HERE]
            .concat()
            .into_iter()
            .chain([libc::SYS_ioctl])
            .collect();
        calls.sort_unstable();
        let count = calls.len();
        calls.dedup();
        assert_eq!(calls.len(), count);
    }
}
