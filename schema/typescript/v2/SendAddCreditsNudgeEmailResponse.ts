// Generated from the protocol crate; do not edit.

import type { AddCreditsNudgeEmailStatus } from "./AddCreditsNudgeEmailStatus";

/**
 * Result of `account/sendAddCreditsNudgeEmail`.
 */
export type SendAddCreditsNudgeEmailResponse = {
  /**
   * Whether the mail was sent.
   */
  status: AddCreditsNudgeEmailStatus,
};
