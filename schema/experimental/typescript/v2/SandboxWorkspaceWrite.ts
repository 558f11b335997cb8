// Generated from the protocol crate; do not edit.

/**
 * The `sandbox_workspace_write` table.
 */
export type SandboxWorkspaceWrite = {
  /**
   * Folders that may be written besides the working directory. Default none.
   */
  writable_roots: Array<string>,
  /**
   * Whether commands reach the network. Default false.
   */
  network_access: boolean,
  /**
   * Whether the folder named by `TMPDIR` stays read-only. Default false.
   */
  exclude_tmpdir_env_var: boolean,
  /**
   * Whether `/tmp` stays read-only. Default false.
   */
  exclude_slash_tmp: boolean,
};
