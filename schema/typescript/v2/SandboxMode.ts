// Generated from the protocol crate; do not edit.

/**
 * The sandbox by name, as requests and the configuration choose it. `SandboxPolicy` is the form with details.
 *
 * - "read-only": Everything may be read, nothing written, no network.
 * - "workspace-write": As `read-only`, and the workspace and folders for temporary files may be written.
 * - "danger-full-access": No sandbox.
 */
export type SandboxMode = "read-only" | "workspace-write" | "danger-full-access";
