// Generated from the protocol crate; do not edit.

/**
 * Result of `fuzzyFileSearch/sessionStart`; it has no fields: an answer means that the session is open.
 */
export type FuzzyFileSearchSessionStartResponse = Record<string, never>;
