// Generated from the protocol crate; do not edit.

import type { CodexErrorInfo } from "./CodexErrorInfo";
import type { MisalignmentErrorDetails } from "./MisalignmentErrorDetails";

/**
 * Why a turn failed.
 */
export type TurnError = {
  /**
   * What happened, for people. Clients match some of these texts, so they are fixed.
   */
  message: string,
  /**
   * The kind, for programs; null when there is none.
   */
  codexErrorInfo: CodexErrorInfo | null,
  /**
   * The cause behind it; null when there is nothing to add.
   */
  additionalDetails: string | null,
  /**
   * What is known about a stop for misaligned behaviour; null for other errors.
   */
  misalignment: MisalignmentErrorDetails | null,
};
