// Generated from the protocol crate; do not edit.

/**
 * Result of `modelProvider/capabilities/read`.
 */
export type ModelProviderCapabilitiesReadResponse = {
  /**
   * Whether the provider can generate images.
   */
  imageGeneration: boolean,
  /**
   * Whether the provider can search the web.
   */
  webSearch: boolean,
};
