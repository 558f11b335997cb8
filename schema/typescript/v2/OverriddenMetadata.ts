// Generated from the protocol crate; do not edit.

import type { ConfigLayerMetadata } from "./ConfigLayerMetadata";
import type { JsonValue } from "../serde_json/JsonValue";

/**
 * Why a written value is not in effect.
 */
export type OverriddenMetadata = {
  /**
   * The reason, for people.
   */
  message: string,
  /**
   * The layer whose value wins.
   */
  overridingLayer: ConfigLayerMetadata,
  /**
   * The value that is in effect.
   */
  effectiveValue: JsonValue,
};
