// Generated from the protocol crate; do not edit.

/**
 * An absolute path. A relative one is refused when decoded; it need not exist.
 */
export type AbsolutePathBuf = string;
