// Generated from the protocol crate; do not edit.

import type { ThreadUsageBreakdownGroup } from "./ThreadUsageBreakdownGroup";

/**
 * What a thread has used, as estimated by the backend.
 */
export type ThreadUsage = {
  /**
   * The thread the figures are about.
   */
  threadId: string,
  /**
   * Estimated use in millionths of a credit.
   */
  estimatedUsageCreditsMicros: number,
  /**
   * Estimated use in millionths of a US dollar; null when unknown.
   */
  estimatedUsageUsdMicros: number | null,
  /**
   * Use that is counted in dollars to begin with, in millionths of a US dollar and apart from the estimate in
   * credits; null when unknown, which does not mean zero.
   */
  nativeUsageUsdMicros?: number,
  /**
   * The same, split up by model, effort and speed.
   */
  groups: Array<ThreadUsageBreakdownGroup>,
};
