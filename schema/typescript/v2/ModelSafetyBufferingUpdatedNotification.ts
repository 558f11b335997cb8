// Generated from the protocol crate; do not edit.

/**
 * `model/safetyBuffering/updated`: how safety buffering stands for a turn.
 */
export type ModelSafetyBufferingUpdatedNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn that is affected.
   */
  turnId: string,
  /**
   * Slug of the model it concerns.
   */
  model: string,
  /**
   * Names of the use cases it concerns.
   */
  useCases: Array<string>,
  /**
   * Names of the reasons for it.
   */
  reasons: Array<string>,
  /**
   * Whether clients should show the user that buffering goes on.
   */
  showBufferingUi: boolean,
  /**
   * Slug of a faster model; null for none.
   */
  fasterModel: string | null,
};
