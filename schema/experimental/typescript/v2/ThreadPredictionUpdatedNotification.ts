// Generated from the protocol crate; do not edit.

import type { ThreadPredictionResult } from "./ThreadPredictionResult";

/**
 * `thread/prediction/updated`: what came of a prediction.
 */
export type ThreadPredictionUpdatedNotification = {
  /**
   * The thread it was made for.
   */
  threadId: string,
  /**
   * The turn it builds on, as the request named it.
   */
  sourceTurnId: string,
  /**
   * What came of it.
   */
  result: ThreadPredictionResult,
};
