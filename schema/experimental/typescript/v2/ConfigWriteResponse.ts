// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { OverriddenMetadata } from "./OverriddenMetadata";
import type { WriteStatus } from "./WriteStatus";

/**
 * Result of `config/value/write` and `config/batchWrite`: the file was written.
 */
export type ConfigWriteResponse = {
  /**
   * Whether what was written is also in effect.
   */
  status: WriteStatus,
  /**
   * Version of the user's layer after the write, for the next `expectedVersion`.
   */
  version: string,
  /**
   * The file that was written; absolute and normalised.
   */
  filePath: AbsolutePathBuf,
  /**
   * What is in effect in place of the written value; null when `status` is `ok`. Tells of the first edit that is
   * overridden.
   */
  overriddenMetadata: OverriddenMetadata | null,
};
