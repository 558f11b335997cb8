// Generated from the protocol crate; do not edit.

/**
 * What may be done with files at a path.
 *
 * - "read": Reading.
 * - "write": Reading and writing.
 * - "deny": Nothing.
 */
export type FileSystemAccessMode = "read" | "write" | "deny";
