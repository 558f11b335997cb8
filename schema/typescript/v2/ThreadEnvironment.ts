// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * A place where a thread's commands run.
 */
export type ThreadEnvironment = {
  /**
   * Which machine or container.
   */
  environmentId: string,
  /**
   * Working directory there.
   */
  cwd: LegacyAppPathString,
  /**
   * Folders there that count as the workspace.
   */
  runtimeWorkspaceRoots: Array<LegacyAppPathString>,
};
