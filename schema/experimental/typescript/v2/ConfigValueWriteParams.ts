// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";
import type { MergeStrategy } from "./MergeStrategy";

/**
 * Params of `config/value/write`.
 */
export type ConfigValueWriteParams = {
  /**
   * Key to change, as segments with dots between; a segment in double quotes may hold dots. Never goes into arrays,
   * and must not be empty.
   */
  keyPath: string,
  /**
   * The new value; null removes the key. It cannot be left out, and must hold no null inside and no integer beyond
   * 64 bits signed.
   */
  value: JsonValue,
  /**
   * What happens to a value that is there already.
   */
  mergeStrategy: MergeStrategy,
  /**
   * File to write; absolute. Absent or null: the user's `config.toml`, and any other file is refused.
   */
  filePath?: string | null,
  /**
   * Version of the user's layer that the value was chosen for; another one refuses the write. Absent or null: not
   * checked.
   */
  expectedVersion?: string | null,
};
