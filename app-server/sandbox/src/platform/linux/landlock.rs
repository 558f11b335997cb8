//! Confines by Landlock alone: everything can be read, nothing written but to a few devices.

use std::io;

use landlock::{
    ABI, Access as _, AccessFs, CompatLevel, Compatible as _, PathBeneath, PathFd, Ruleset, RulesetAttr as _,
    RulesetCreatedAttr as _, RulesetStatus, Scope,
};

use super::failure::{Failure, Step as _};

/// The version that knows all we need: cutting files short, devices, and signals to processes outside.
const NEEDED: ABI = ABI::V6;

/// Devices that may be written although nothing else may.
const DEVICES: [&str; 4] = ["/dev/null", "/dev/zero", "/dev/full", "/dev/tty"];

/// Confines this process and all that it starts.
pub fn confine() -> Result<(), Failure> {
    restrict().map_err(io::Error::other).step("confine by Landlock (Linux 6.12 or newer is needed)")
}

fn restrict() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let reading = AccessFs::from_read(NEEDED);
    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(NEEDED))?
        .scope(Scope::from_all(NEEDED))?
        .create()?
        .add_rule(PathBeneath::new(PathFd::new("/")?, reading))?;
    for device in DEVICES {
        if let Ok(device) = PathFd::new(device) {
            let using = AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::IoctlDev;
            ruleset = ruleset.add_rule(PathBeneath::new(device, using))?;
        }
    }
    let status = ruleset.restrict_self()?;
    if status.ruleset != RulesetStatus::FullyEnforced {
        return Err("the kernel enforces only a part of the rules".into());
    }
    Ok(())
}
