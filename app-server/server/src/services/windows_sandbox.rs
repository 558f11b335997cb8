//! `windowsSandbox/*`: there is none, on Windows neither, and that is what is answered.

use codex_app_server_protocol::v2::{WindowsSandboxReadiness, WindowsSandboxSetupMode};
use codex_app_server_protocol::{Handle, NoParams, ServerNotification, methods, v2};

use super::Context;
use crate::platform;
use crate::reply::Reply;

impl Handle<methods::WindowsSandboxReadiness, Reply> for Context {
    async fn handle(self, _: NoParams, reply: Reply) {
        reply.send(Ok(v2::WindowsSandboxReadinessResponse { status: WindowsSandboxReadiness::NotConfigured }));
    }
}

impl Handle<methods::WindowsSandboxSetupStart, Reply> for Context {
    async fn handle(self, params: v2::WindowsSandboxSetupStartParams, reply: Reply) {
        reply.send(Ok(v2::WindowsSandboxSetupStartResponse { started: true }));
        let completed = v2::WindowsSandboxSetupCompletedNotification {
            mode: params.mode,
            success: false,
            error: Some(why_not(params.mode, platform::os())),
        };
        self.tell(ServerNotification::WindowsSandboxSetupCompleted(completed));
    }
}

/// Why there is no sandbox of this kind.
fn why_not(mode: WindowsSandboxSetupMode, os: &str) -> String {
    // The word of clients for the one without an administrator.
    let kind = match mode {
        WindowsSandboxSetupMode::Elevated => "elevated",
        WindowsSandboxSetupMode::Unelevated => "legacy",
    };
    let reason = match os {
        "windows" => "not supported by this server yet; commands run with danger-full-access only",
        _ => "only supported on Windows",
    };
    format!("{kind} Windows sandbox setup is {reason}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_hears_its_reason() {
        assert_eq!(
            why_not(WindowsSandboxSetupMode::Unelevated, "linux"),
            "legacy Windows sandbox setup is only supported on Windows"
        );
        assert!(why_not(WindowsSandboxSetupMode::Elevated, "windows").contains("not supported by this server yet"));
    }
}
