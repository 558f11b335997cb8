// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/prediction/request`.
 */
export type ThreadPredictionRequestParams = {
  /**
   * The thread to predict for.
   */
  threadId: string,
  /**
   * The turn that the prediction builds on.
   */
  sourceTurnId: string,
};
