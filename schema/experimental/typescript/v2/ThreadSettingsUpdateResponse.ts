// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/settings/update`; it has no fields: an answer means that it was taken.
 */
export type ThreadSettingsUpdateResponse = Record<string, never>;
