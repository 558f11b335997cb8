// Generated from the protocol crate; do not edit.

import type { AddCreditsNudgeCreditType } from "./AddCreditsNudgeCreditType";

/**
 * Params of `account/sendAddCreditsNudgeEmail`.
 */
export type SendAddCreditsNudgeEmailParams = {
  /**
   * What to ask the owner for.
   */
  creditType: AddCreditsNudgeCreditType,
};
