// Generated from the protocol crate; do not edit.

/**
 * What was found.
 *
 * - "file": A file.
 * - "directory": A directory.
 */
export type FuzzyFileSearchMatchType = "file" | "directory";
