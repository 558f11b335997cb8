// Generated from the protocol crate; do not edit.

/**
 * How a thread's history is stored, chosen when it is created and kept for good.
 *
 * - "legacy": As a list of events, read as a whole.
 * - "paginated": As numbered items, which can be read page by page and cut back.
 */
export type ThreadHistoryMode = "legacy" | "paginated";
