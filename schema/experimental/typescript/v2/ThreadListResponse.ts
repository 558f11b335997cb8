// Generated from the protocol crate; do not edit.

import type { Thread } from "./Thread";
import type { ThreadReadState } from "./ThreadReadState";

/**
 * Result of `thread/list`.
 */
export type ThreadListResponse = {
  /**
   * The threads of this page, without turns.
   */
  data: Array<Thread>,
  /**
   * How far each was read, by thread id; a thread without an entry has no such state. Null when none is recorded at
   * all.
   */
  readStates: { [key in string]?: ThreadReadState } | null,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
  /**
   * Cursor for going the other way, with `sortDirection` turned round; null on an empty page.
   */
  backwardsCursor: string | null,
};
