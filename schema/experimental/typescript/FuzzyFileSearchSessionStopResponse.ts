// Generated from the protocol crate; do not edit.

/**
 * Result of `fuzzyFileSearch/sessionStop`; it has no fields.
 */
export type FuzzyFileSearchSessionStopResponse = Record<string, never>;
