//! Windows: commands cannot be confined yet, and it is said so.

use super::unconfined;
use crate::Sandbox;
use crate::availability::{Availability, Missing, Part};
use crate::command::{CommandSpec, PreparedCommand};
use crate::error::SandboxError;
use crate::spec::SandboxSpec;

const REASON: &str =
    "a restricted token with its own desktop and firewall rules is needed on Windows, and this program cannot make one";

/// The sandbox of Windows: modes without a sandbox work, every other one is refused.
#[derive(Debug, Clone, Copy, Default)]
pub struct WindowsSandbox;

impl Sandbox for WindowsSandbox {
    fn prepare(&self, spec: &SandboxSpec, command: CommandSpec) -> Result<PreparedCommand, SandboxError> {
        if spec.mode.confines() {
            return Err(SandboxError::Unsupported(REASON.to_owned()));
        }
        Ok(unconfined(command))
    }

    fn available(&self) -> Availability {
        Availability {
            parts: Vec::new(),
            missing: vec![Missing { part: Part::RestrictedToken, reason: REASON.to_owned() }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Attachment;
    use crate::spec::SandboxMode;

    #[test]
    fn confinement_is_refused_and_full_access_passes() {
        let command = CommandSpec {
            program: "cmd".into(),
            args: vec!["/c".into()],
            cwd: "C:\\work".into(),
            env: Vec::new(),
            attachment: Attachment::Own,
        };
        for mode in [SandboxMode::ReadOnly, SandboxMode::WorkspaceWrite] {
            let error =
                WindowsSandbox.prepare(&SandboxSpec::new(mode, "C:\\work".into()), command.clone()).unwrap_err();
            assert!(error.to_string().contains("restricted token"), "{error}");
        }
        let free = SandboxSpec::new(SandboxMode::DangerFullAccess, "C:\\work".into());
        assert_eq!(WindowsSandbox.prepare(&free, command).unwrap().args, ["/c"]);
        assert_eq!(WindowsSandbox.available().missing[0].part, Part::RestrictedToken);
    }
}
