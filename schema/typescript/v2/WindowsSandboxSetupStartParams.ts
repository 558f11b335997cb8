// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { WindowsSandboxSetupMode } from "./WindowsSandboxSetupMode";

/**
 * Params of `windowsSandbox/setupStart`.
 */
export type WindowsSandboxSetupStartParams = {
  /**
   * The kind to set up.
   */
  mode: WindowsSandboxSetupMode,
  /**
   * Working directory to set it up for; absolute. May be absent or null.
   */
  cwd?: AbsolutePathBuf | null,
};
