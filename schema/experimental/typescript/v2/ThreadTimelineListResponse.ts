// Generated from the protocol crate; do not edit.

import type { ThreadTimelineEntry } from "./ThreadTimelineEntry";

/**
 * Result of `thread/timeline/list`: one page, and which realtime session was open where it begins. Experimental.
 */
export type ThreadTimelineListResponse = {
  /**
   * The entries of this page, in the order of the rollout.
   */
  data: Array<ThreadTimelineEntry>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
  /**
   * Id of the realtime session that was open where the page begins; null for none.
   */
  activeRealtimeSessionAtPageStart: string | null,
};
