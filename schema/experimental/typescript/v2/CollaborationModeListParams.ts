// Generated from the protocol crate; do not edit.

/**
 * Params of `collaborationMode/list`; it has none.
 */
export type CollaborationModeListParams = Record<string, never>;
