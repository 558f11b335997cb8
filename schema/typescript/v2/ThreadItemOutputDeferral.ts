// Generated from the protocol crate; do not edit.

/**
 * Which stored outputs a list of items leaves out, for reading them later one by one.
 */
export type ThreadItemOutputDeferral = Record<string, never>;
