//! Promises about processes and the kernel: no way into others, none to more power.

use std::fs;

use codex_sandbox::{Backend, SandboxMode};

use super::support::{READING, WRITING, each, has_perl, place, says};

/// Calls that end with "Operation not permitted" whatever their arguments are.
const FORBIDDEN: [(&str, i64); 29] = [
    ("ptrace", libc::SYS_ptrace),
    ("process_vm_readv", libc::SYS_process_vm_readv),
    ("process_vm_writev", libc::SYS_process_vm_writev),
    ("pidfd_getfd", libc::SYS_pidfd_getfd),
    ("kcmp", libc::SYS_kcmp),
    ("io_uring_setup", libc::SYS_io_uring_setup),
    ("io_uring_enter", libc::SYS_io_uring_enter),
    ("mount", libc::SYS_mount),
    ("umount2", libc::SYS_umount2),
    ("pivot_root", libc::SYS_pivot_root),
    ("open_tree", libc::SYS_open_tree),
    ("move_mount", libc::SYS_move_mount),
    ("fsopen", libc::SYS_fsopen),
    ("fsmount", libc::SYS_fsmount),
    ("mount_setattr", libc::SYS_mount_setattr),
    ("open_tree_attr", 467),
    ("setns", libc::SYS_setns),
    ("keyctl", libc::SYS_keyctl),
    ("add_key", libc::SYS_add_key),
    ("request_key", libc::SYS_request_key),
    ("bpf", libc::SYS_bpf),
    ("perf_event_open", libc::SYS_perf_event_open),
    ("userfaultfd", libc::SYS_userfaultfd),
    ("open_by_handle_at", libc::SYS_open_by_handle_at),
    ("kexec_load", libc::SYS_kexec_load),
    ("init_module", libc::SYS_init_module),
    ("swapon", libc::SYS_swapon),
    ("sethostname", libc::SYS_sethostname),
    ("clock_settime", libc::SYS_clock_settime),
];

#[test]
fn calls_into_other_processes_and_the_kernel_are_refused() {
    if !has_perl() {
        return;
    }
    let place = place();
    let mut tries = String::new();
    let mut expected = Vec::new();
    for (name, number) in FORBIDDEN {
        tries.push_str(&format!("t(\"{name}\", {number});"));
        expected.push(format!("{name}: 1"));
        if cfg!(target_arch = "x86_64") {
            // The same call by its second number, under which no rule would know it.
            tries.push_str(&format!("t(\"{name}\", {});", 0x4000_0000 + number));
            expected.push(format!("{name}: 1"));
        }
    }
    let script = format!(
        "perl -e 'sub t {{ my ($n, $c) = @_; $! = 0; syscall($c, 0, 0, 0, 0, 0, 0); print $n, q(: ), $!+0, qq(\\n) }} {tries}'"
    );
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    for network in [false, true] {
        let mut spec = place.spec(SandboxMode::ReadOnly);
        spec.network = network;
        says(&READING, &place, &spec, &script, &expected);
    }
}

#[test]
fn no_power_is_left_or_can_be_won() {
    let place = place();
    let script = "grep -E '^(CapInh|CapPrm|CapEff|CapAmb|NoNewPrivs|Seccomp):' /proc/self/status | tr -d '\\t'";
    let none = "0000000000000000";
    let expected: Vec<String> = ["CapInh", "CapPrm", "CapEff", "CapAmb"]
        .iter()
        .map(|set| format!("{set}:{none}"))
        .chain(["NoNewPrivs:1".to_owned(), "Seccomp:2".to_owned()])
        .collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    says(&READING, &place, &place.spec(SandboxMode::ReadOnly), script, &expected);
    says(
        &READING,
        &place,
        &place.spec(SandboxMode::ReadOnly),
        "id -u",
        &[&rustix::process::getuid().as_raw().to_string()],
    );
}

#[test]
fn the_machine_s_settings_cannot_be_changed() {
    let place = place();
    let script = "for file in /proc/sys/kernel/core_pattern /proc/sys/vm/drop_caches /proc/sysrq-trigger \
                  /sys/kernel/mm/transparent_hugepage/enabled /sys/fs/cgroup/cgroup.procs; do
            { echo x > $file; } 2> /dev/null && echo $file
        done; echo tried";
    says(&WRITING, &place, &place.spec(SandboxMode::WorkspaceWrite), script, &["tried"]);
    says(&READING, &place, &place.spec(SandboxMode::ReadOnly), script, &["tried"]);
}

#[test]
fn other_processes_cannot_be_seen_read_or_ended() {
    let place = place();
    let server = std::process::id();
    // In a process namespace the number belongs to nobody; without one the kernel must say no.
    let script = format!(
        "cat /proc/{server}/environ > /dev/null && echo environment
        head -c 1 /proc/{server}/mem > /dev/null && echo memory
        readlink /proc/{server}/fd/0 > /dev/null && echo descriptors
        ls /proc/{server}/root/ > /dev/null && echo root
        ls /proc/{server}/cwd/ > /dev/null && echo folder
        kill -0 {server} && echo signal
        kill -9 {server} && echo killed
        echo tried"
    );
    says(&READING, &place, &place.spec(SandboxMode::ReadOnly), &script, &["tried"]);
}

#[test]
fn the_sandbox_s_first_process_is_closed() {
    let place = place();
    let script = "head -c 1 /proc/1/mem > /dev/null && echo memory
        readlink /proc/1/fd/0 > /dev/null && echo descriptors
        cat /proc/1/environ > /dev/null && echo environment
        echo x > /proc/1/root$OUTSIDE/file && echo root
        echo x > /proc/self/root$OUTSIDE/file && echo own root
        kill -9 1; kill -STOP 1; kill -TERM 1 && echo asked
        ls /proc/1 > /dev/null && echo alive";
    each(&WRITING, &place, &place.spec(SandboxMode::WorkspaceWrite), script, |backend, output, said| {
        // Asking the first process to end only ends the command that asked.
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(stdout.lines().all(|line| ["asked", "alive"].contains(&line)), "{backend}: {said}");
    });
    assert_eq!(fs::read_to_string(place.outside.join("file")).unwrap(), "before");
}

#[test]
fn memory_of_a_process_is_no_way_around_its_rules() {
    if !has_perl() {
        return;
    }
    let place = place();
    // A file that is mapped or open for reading cannot be written through the memory of the process.
    let script = r#"perl -e '
        open(my $f, "<", "$ENV{OUTSIDE}/file") or die;
        open(my $again, "+<", "/proc/self/fd/" . fileno $f) and print "reopened\n";
        open(my $w, ">", "/proc/self/fd/" . fileno $f) and print "truncated\n";
        print "tried\n"'"#;
    says(&READING, &place, &place.spec(SandboxMode::ReadOnly), script, &["tried"]);
    assert_eq!(fs::read_to_string(place.outside.join("file")).unwrap(), "before");
}

#[test]
fn children_of_every_kind_are_bound_too() {
    let place = place();
    let script = "sh -c 'echo x > $OUTSIDE/a' || echo no child
        (echo x > $OUTSIDE/b) || echo no fork
        setsid -w sh -c 'echo x > $OUTSIDE/c' || echo no session
        nohup sh -c 'echo x > $OUTSIDE/d' || echo no hangup
        env -i OUTSIDE=$OUTSIDE sh -c 'echo x > $OUTSIDE/e' || echo no environment";
    let expected = ["no child", "no fork", "no session", "no hangup", "no environment"];
    says(&READING, &place, &place.spec(SandboxMode::ReadOnly), script, &expected);
    assert_eq!(super::support::entries(&place.outside), ["file"]);
}

#[test]
fn a_user_namespace_of_its_own_gives_a_command_nothing() {
    let place = place();
    let script = "unshare -U true && echo allowed
        unshare -Um --propagation unchanged sh -c 'echo in; mount --bind $OUTSIDE $OUTSIDE' || echo no mount
        unshare -Um --propagation unchanged sh -c 'mount -o remount,rw /' || echo no remount
        unshare -Um --propagation unchanged sh -c 'umount -l .git; mkdir .git' || echo no uncovering
        unshare -U sh -c 'echo x > $OUTSIDE/file' || echo no write
        unshare -U sh -c 'chmod 777 $OUTSIDE/file' || echo no mode
        unshare -U sh -c 'echo x > /proc/sys/kernel/core_pattern' || echo no setting";
    let expected = ["allowed", "in", "no mount", "no remount", "no uncovering", "no write", "no mode", "no setting"];
    says(&WRITING, &place, &place.spec(SandboxMode::WorkspaceWrite), script, &expected);
}

#[test]
fn nothing_can_be_typed_into_a_terminal() {
    if !has_perl() {
        return;
    }
    let place = place();
    // TIOCSTI, TIOCLINUX, and the first one again with something in the half at which the kernel does not look.
    let script = "perl -e 'for my $r (0x5412, 0x541c, 0x100005412) { $! = 0; ioctl(STDIN, $r, $x = q(x)); print $!+0, qq(\\n) }'";
    says(&READING, &place, &place.spec(SandboxMode::ReadOnly), script, &["1", "1", "1"]);
}

#[test]
fn devices_are_few_and_terminals_are_the_sandbox_s_own() {
    let place = place();
    let script = "ls /dev | tr '\\n' ' '; echo; ls /dev/pts; echo x > /dev/shm/own && cat /dev/shm/own
        head -c 4 /dev/zero | wc -c";
    let listed = "fd full null ptmx pts random shm stderr stdin stdout tty urandom zero ";
    let expected = [listed, "ptmx", "x", "4"];
    says(&[Backend::Namespaces], &place, &place.spec(SandboxMode::ReadOnly), script, &expected);
}
