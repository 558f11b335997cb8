//! Who the processes of a sandbox are: the same user as before, and without any power beyond that.

use std::fs;

use rustix::io::Errno;
use rustix::process::{DumpableBehavior, set_dumpable_behavior};
use rustix::thread::{
    CapabilitySet, CapabilitySets, clear_ambient_capability_set, remove_capability_from_bounding_set, set_capabilities,
    set_no_new_privs,
};

use super::failure::{Failure, Step as _};

/// Maps the user and group to themselves in the user namespace that this process has just entered.
pub fn keep_user(user: u32, group: u32) -> Result<(), Failure> {
    let step = "keep the user in the sandbox";
    fs::write("/proc/self/setgroups", "deny").step(step)?;
    fs::write("/proc/self/uid_map", format!("{user} {user} 1")).step(step)?;
    fs::write("/proc/self/gid_map", format!("{group} {group} 1")).step(step)
}

/// Gives up every capability, for this process and all that it starts, for good.
pub fn give_up_power() -> Result<(), Failure> {
    let step = "give up privileges";
    for capability in 0..u64::BITS {
        match remove_capability_from_bounding_set(CapabilitySet::from_bits_retain(1 << capability)) {
            Ok(()) => {}
            // The kernel knows no capability of this number, or this process has none to take away. Without new
            // privileges nobody gains any from this set.
            Err(Errno::INVAL | Errno::PERM) => break,
            Err(error) => return Err(error).step(step),
        }
    }
    match clear_ambient_capability_set() {
        Ok(()) | Err(Errno::INVAL) => {}
        Err(error) => return Err(error).step(step),
    }
    let none = CapabilitySets {
        effective: CapabilitySet::empty(),
        permitted: CapabilitySet::empty(),
        inheritable: CapabilitySet::empty(),
    };
    set_capabilities(None, none).step(step)?;
    set_no_new_privs(true).step(step)
}

/// Closes this process's memory and descriptors to others of the same user, until it becomes another program.
pub fn hide_memory() -> Result<(), Failure> {
    set_dumpable_behavior(DumpableBehavior::NotDumpable).step("hide the memory of the sandbox's first process")
}
