// Generated from the protocol crate; do not edit.

/**
 * How much of a turn's items is shown.
 *
 * - "notLoaded": None; `items` is empty and says nothing.
 * - "summary": Only what sums it up, such as the last message.
 * - "full": All that are stored.
 */
export type TurnItemsView = "notLoaded" | "summary" | "full";
