// Generated from the protocol crate; do not edit.

/**
 * Result of `plugin/share/delete`; it has no fields: an answer means that it was done.
 */
export type PluginShareDeleteResponse = Record<string, never>;
