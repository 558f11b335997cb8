// Generated from the protocol crate; do not edit.

/**
 * Params of `plugin/share/list`; an object without fields.
 */
export type PluginShareListParams = Record<string, never>;
