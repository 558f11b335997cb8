// Generated from the protocol crate; do not edit.

/**
 * Params of `item/fileChange/requestApproval`.
 */
export type FileChangeRequestApprovalParams = {
  /**
   * The thread that asks.
   */
  threadId: string,
  /**
   * The turn that waits for the answer.
   */
  turnId: string,
  /**
   * The `fileChange` item with the changes to decide about.
   */
  itemId: string,
  /**
   * When the question was raised, in Unix milliseconds.
   */
  startedAtMs: number,
  /**
   * Why it is asked, for people; null when there is nothing to add.
   */
  reason: string | null,
  /**
   * Unstable: a folder below which writing is to be allowed until the session ends; null: no such wish. Do not rely
   * on it having an effect.
   */
  grantRoot: string | null,
};
