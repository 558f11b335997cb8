// Generated from the protocol crate; do not edit.

/**
 * Params of `modelProvider/capabilities/read`; it has no fields, but `{}` must be sent.
 */
export type ModelProviderCapabilitiesReadParams = Record<string, never>;
