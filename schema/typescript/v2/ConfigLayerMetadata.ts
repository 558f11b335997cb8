// Generated from the protocol crate; do not edit.

import type { ConfigLayerSource } from "./ConfigLayerSource";

/**
 * The layer that a single value comes from.
 */
export type ConfigLayerMetadata = {
  /**
   * Where the layer comes from.
   */
  name: ConfigLayerSource,
  /**
   * Hash of the layer's content as `sha256:HEX`.
   */
  version: string,
};
