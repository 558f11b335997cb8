// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * A place for commands to run.
 */
export type TurnEnvironmentParams = {
  /**
   * Which machine or container.
   */
  environmentId: string,
  /**
   * Working directory there.
   */
  cwd: LegacyAppPathString,
  /**
   * Folders there that count as the workspace; absent: the working directory alone.
   */
  runtimeWorkspaceRoots?: Array<LegacyAppPathString> | null,
};
