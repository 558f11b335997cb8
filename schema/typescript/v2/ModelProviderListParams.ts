// Generated from the protocol crate; do not edit.

/**
 * Params of `modelProvider/list`; it has no fields, but `{}` must be sent.
 */
export type ModelProviderListParams = Record<string, never>;
