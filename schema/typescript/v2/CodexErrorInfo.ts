// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";
import type { NonSteerableTurnKind } from "./NonSteerableTurnKind";

/**
 * The kind of a failure, beside its message.
 *
 * Variants with `httpStatusCode` carry the status the provider answered with; null when there was no answer.
 */
export type CodexErrorInfo =
  /**
   * - "contextWindowExceeded": The input is larger than the model's context.
   * - "sessionBudgetExceeded": The budget set for the session is used up.
   * - "usageLimitExceeded": The account's allowance or quota is used up; trying again does not help before it renews.
   * - "rateLimitExceeded": Too many requests or tokens in a short time.
   * - "flexUnavailable": The flexible service tier has no room at present.
   * - "serverOverloaded": The provider says it is overloaded.
   * - "modelNotFound": The provider does not know the model, or the account may not use it.
   * - "policyCapacityUnavailable": The provider's policy check has no capacity at present.
   * - "cyberPolicy": Refused by the provider's rules on attacks and defence of computers.
   * - "misalignmentPolicyViolation": Stopped because the model's behaviour broke the provider's rules; see `misalignment` of the error.
   * - "tooManyDenials": The turn ended because too many of its actions were refused.
   * - "internalServerError": The provider answered with status 500.
   * - "unauthorized": The login is missing, expired or refused.
   * - "badRequest": The request could not be carried out as given.
   * - "threadRollbackFailed": Going back in the thread failed.
   * - "sandboxError": The sandbox could not be set up.
   * - "other": None of these; only the message tells.
   * - "inferenceHookDenied": A hook of the workspace refused the request to the model.
   */
  "contextWindowExceeded" | "sessionBudgetExceeded" | "usageLimitExceeded" | "rateLimitExceeded" | "flexUnavailable" | "serverOverloaded" | "modelNotFound" | "policyCapacityUnavailable" | "cyberPolicy" | "misalignmentPolicyViolation" | "tooManyDenials" | "internalServerError" | "unauthorized" | "badRequest" | "threadRollbackFailed" | "sandboxError" | "other" | "inferenceHookDenied"
  /**
   * No connection, or an answer with a status that is no success.
   */
  | {
    httpConnectionFailed: {
      /**
       * Status of the provider's answer; null when none came.
       */
      httpStatusCode: number | null,
    },
  }
  /**
   * The stream of the answer could not be opened.
   */
  | {
    responseStreamConnectionFailed: {
      /**
       * Status of the provider's answer; null when none came.
       */
      httpStatusCode: number | null,
    },
  }
  /**
   * The stream broke off before the answer was complete.
   */
  | {
    responseStreamDisconnected: {
      /**
       * Status of the provider's answer; null when none came.
       */
      httpStatusCode: number | null,
    },
  }
  /**
   * All retries are used up.
   */
  | {
    responseTooManyFailedAttempts: {
      /**
       * Status of the provider's answer; null when none came.
       */
      httpStatusCode: number | null,
    },
  }
  /**
   * `turn/start` or `turn/steer` came while a turn runs that takes no further input.
   */
  | {
    activeTurnNotSteerable: {
      /**
       * What that turn does.
       */
      turnKind: NonSteerableTurnKind,
    },
  }
  | string | { [key in string]?: JsonValue };
