// Generated from the protocol crate; do not edit.

import type { ConfigLayerSource } from "./ConfigLayerSource";
import type { JsonValue } from "../serde_json/JsonValue";

/**
 * One layer: a file or another source of values.
 */
export type ConfigLayer = {
  /**
   * Where it comes from.
   */
  name: ConfigLayerSource,
  /**
   * Hash of the content as `sha256:HEX`; a write can demand that it has not changed.
   */
  version: string,
  /**
   * The layer's own values, before merging.
   */
  config: JsonValue,
  /**
   * Why the layer is not used, for people (such as a project that is not trusted); absent when it is.
   */
  disabledReason?: string,
};
