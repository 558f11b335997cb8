// Generated from the protocol crate; do not edit.

import type { Config } from "./Config";
import type { ConfigLayer } from "./ConfigLayer";
import type { ConfigLayerMetadata } from "./ConfigLayerMetadata";

/**
 * Result of `config/read`.
 */
export type ConfigReadResponse = {
  /**
   * The effective values.
   */
  config: Config,
  /**
   * For each key path that is set (dotted), the layer that decides it.
   */
  origins: { [key in string]?: ConfigLayerMetadata },
  /**
   * All layers, the strongest first; absent unless they were asked for.
   */
  layers?: Array<ConfigLayer>,
};
