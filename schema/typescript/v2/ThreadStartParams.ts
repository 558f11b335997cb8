// Generated from the protocol crate; do not edit.

import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { JsonValue } from "../serde_json/JsonValue";
import type { Personality } from "../Personality";
import type { SandboxMode } from "./SandboxMode";
import type { ThreadSource } from "./ThreadSource";
import type { ThreadStartSource } from "./ThreadStartSource";

/**
 * Params of `thread/start`.
 */
export type ThreadStartParams = {
  /**
   * Slug of the model; absent: the configured one, else the provider's default.
   */
  model?: string | null,
  /**
   * Id of the provider; one that is not configured fails the request.
   */
  modelProvider?: string | null,
  /**
   * Three states: absent takes the configured tier, null the model's default, a value sets it.
   */
  serviceTier?: string | null,
  /**
   * Working directory; a relative one counts from the server's, and it need not exist. Absent: the server's.
   */
  cwd?: string | null,
  /**
   * When the user is asked.
   */
  approvalPolicy?: AskForApproval | null,
  /**
   * Who answers approvals.
   */
  approvalsReviewer?: ApprovalsReviewer | null,
  /**
   * What commands may do; absent: read-only, or writing in projects that are trusted. Not together with
   * `permissions`.
   */
  sandbox?: SandboxMode | null,
  /**
   * Overrides of configuration keys, nested or dotted, such as `features.NAME`.
   */
  config?: { [key in string]?: JsonValue } | null,
  /**
   * Name of the service that starts the thread, for statistics.
   */
  serviceName?: string | null,
  /**
   * System prompt in place of the server's own.
   */
  baseInstructions?: string | null,
  /**
   * Developer message put before the server's own.
   */
  developerInstructions?: string | null,
  /**
   * Deprecated: chooses nothing any more; put wishes about tone into the developer instructions.
   * @deprecated
   */
  personality?: Personality | null,
  /**
   * Keeps the thread in memory only: no file, no place in lists. Absent means false.
   */
  ephemeral?: boolean | null,
  /**
   * What made the client start it, for hooks; absent means `startup`.
   */
  sessionStartSource?: ThreadStartSource | null,
  /**
   * Why it is started, in the client's words, for statistics.
   */
  threadSource?: ThreadSource | null,
};
