// Generated from the protocol crate; do not edit.

/**
 * Result of `fuzzyFileSearch/sessionUpdate`; it has no fields, the results come as notifications.
 */
export type FuzzyFileSearchSessionUpdateResponse = Record<string, never>;
