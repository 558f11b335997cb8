// Generated from the protocol crate; do not edit.

import type { PlanType } from "../PlanType";

/**
 * The login in use, by kind.
 */
export type Account =
  /**
   * A plain API key; nothing is known about its owner.
   */
  {
    type: "apiKey",
  }
  /**
   * A ChatGPT login, managed by the server or handed in by the client.
   */
  | {
    type: "chatgpt",
    /**
     * Mail address from the login's token; null when the token has none.
     */
    email: string | null,
    /**
     * The plan the login says it is on.
     */
    planType: PlanType,
    /**
     * Name of the chosen workspace for people; null when unknown.
     */
    workspaceName: string | null,
  }
  /**
   * Models served by Amazon Bedrock.
   */
  | {
    type: "amazonBedrock",
    /**
     * True when the credentials were stored by `account/login/start`, false when they come from the environment.
     * Default false.
     */
    usesCodexManagedCredentials: boolean,
  }
  /**
   * Models served by Vertex AI of Google Cloud, with credentials kept outside the server.
   */
  | {
    type: "gcp",
  };
