// Generated from the protocol crate; do not edit.

import type { HookErrorInfo } from "./HookErrorInfo";
import type { HookMetadata } from "./HookMetadata";

/**
 * The hooks of one working directory.
 */
export type HooksListEntry = {
  /**
   * The working directory.
   */
  cwd: string,
  /**
   * Its hooks, source by source and inside a source in a fixed order of events.
   */
  hooks: Array<HookMetadata>,
  /**
   * What a person should know about the configuration, such as hooks that are skipped; nothing has failed.
   */
  warnings: Array<string>,
  /**
   * Files that could not be used.
   */
  errors: Array<HookErrorInfo>,
};
