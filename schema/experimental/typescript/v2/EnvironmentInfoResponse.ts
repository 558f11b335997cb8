// Generated from the protocol crate; do not edit.

import type { EnvironmentShellInfo } from "./EnvironmentShellInfo";
import type { PathUri } from "../PathUri";

/**
 * Result of `environment/info`.
 */
export type EnvironmentInfoResponse = {
  /**
   * Shell that commands run in.
   */
  shell: EnvironmentShellInfo,
  /**
   * Working directory that the environment starts from, as a `file:` URI; null when it names none.
   */
  cwd: PathUri | null,
};
