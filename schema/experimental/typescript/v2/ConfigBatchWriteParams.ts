// Generated from the protocol crate; do not edit.

import type { ConfigEdit } from "./ConfigEdit";

/**
 * Params of `config/batchWrite`.
 */
export type ConfigBatchWriteParams = {
  /**
   * The edits, made in this order; an empty list is fine.
   */
  edits: Array<ConfigEdit>,
  /**
   * File to write; absolute. Absent or null: the user's `config.toml`, and any other file is refused.
   */
  filePath?: string | null,
  /**
   * Version of the user's layer that the edits were made for; another one refuses the write. Absent or null: not
   * checked.
   */
  expectedVersion?: string | null,
  /**
   * True applies the new settings to loaded threads too, except the defaults for model, reasoning effort (also of
   * Plan mode), service tier and the deprecated personality. Default false; new threads see every write.
   */
  reloadUserConfig?: boolean,
};
