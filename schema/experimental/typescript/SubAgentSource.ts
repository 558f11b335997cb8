// Generated from the protocol crate; do not edit.

import type { AgentPath } from "./AgentPath";
import type { ThreadId } from "./ThreadId";

/**
 * What a sub-agent's thread is for.
 */
export type SubAgentSource =
  /**
   * - "review": A review.
   * - "compact": A compaction.
   * - "memory_consolidation": Putting memories in order.
   */
  "review" | "compact" | "memory_consolidation"
  /**
   * A task that another agent gave it.
   */
  | {
    thread_spawn: {
      /**
       * Thread of that agent.
       */
      parent_thread_id: ThreadId,
      /**
       * Steps below the root, whose depth is 0.
       */
      depth: number,
      /**
       * Where it stands in the tree of agents; null in older records.
       */
      agent_path: AgentPath | null,
      /**
       * Its random name; null when it has none.
       */
      agent_nickname: string | null,
      /**
       * The role it was started in; null when it has none.
       */
      agent_role: string | null,
    },
  }
  /**
   * Something else, by name.
   */
  | {
    other: string,
  };
