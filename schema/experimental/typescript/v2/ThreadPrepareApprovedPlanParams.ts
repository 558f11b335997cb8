// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/prepareApprovedPlan`: the thread and the plan. Experimental.
 */
export type ThreadPrepareApprovedPlanParams = {
  /**
   * The thread that is to carry out the plan; a fresh one.
   */
  threadId: string,
  /**
   * The plan, as Markdown.
   */
  markdown: string,
  /**
   * Where the server has a copy of the plan; absolute. Absent or null: there is none.
   */
  attachmentPath?: string | null,
};
