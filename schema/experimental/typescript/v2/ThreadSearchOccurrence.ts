// Generated from the protocol crate; do not edit.

import type { ThreadSearchTextRange } from "./ThreadSearchTextRange";

/**
 * One place in a visible message that holds the text searched for.
 */
export type ThreadSearchOccurrence = {
  /**
   * The turn of the message.
   */
  turnId: string,
  /**
   * The item that is the message.
   */
  itemId: string,
  /**
   * Excerpt of the message, with the match in it.
   */
  snippet: string,
  /**
   * Where the match stands in `snippet`, counted in UTF-16 code units.
   */
  snippetMatchRange: ThreadSearchTextRange,
  /**
   * Opaque cursor for `thread/turns/list`; the page then begins with the turn of this match.
   */
  turnCursor: string,
};
