// Generated from the protocol crate; do not edit.

import type { EnvironmentSkillsParams } from "./EnvironmentSkillsParams";

/**
 * Params of `environment/add`.
 */
export type EnvironmentAddParams = {
  /**
   * Id to give to the environment; not empty and not `local`.
   */
  environmentId: string,
  /**
   * WebSocket URL of the exec-server; not checked until the first connection.
   */
  execServerUrl: string,
  /**
   * Bearer token for every connection to the exec-server, a secret: never logged. Only with a URL that is encrypted
   * or points to loopback. Absent or null: none.
   */
  authBearerToken?: string | null,
  /**
   * Value of the `X-Request-ID` header that opens every WebSocket connection to it. Only with a URL that is
   * encrypted or points to loopback. Absent or null: none.
   */
  websocketRequestId?: string | null,
  /**
   * How long a connection attempt may take, in milliseconds. Absent or null: the server's default.
   */
  connectTimeoutMs?: number | null,
  /**
   * Skills that the environment must bring along, checked before the model is asked. Absent or null: none.
   */
  skills?: EnvironmentSkillsParams | null,
};
