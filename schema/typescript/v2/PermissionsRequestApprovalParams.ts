// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { RequestPermissionProfile } from "./RequestPermissionProfile";

/**
 * Params of `item/permissions/requestApproval`.
 */
export type PermissionsRequestApprovalParams = {
  /**
   * The thread that asks.
   */
  threadId: string,
  /**
   * The turn that waits for the answer.
   */
  turnId: string,
  /**
   * Id of the model's call.
   */
  itemId: string,
  /**
   * The environment it would hold in; null when not named.
   */
  environmentId: string | null,
  /**
   * When the question was raised, in Unix milliseconds.
   */
  startedAtMs: number,
  /**
   * Working directory that goes with the request.
   */
  cwd: LegacyAppPathString,
  /**
   * Why the model wants them, for people; null when it does not say.
   */
  reason: string | null,
  /**
   * The permissions asked for.
   */
  permissions: RequestPermissionProfile,
};
