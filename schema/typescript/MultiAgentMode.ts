// Generated from the protocol crate; do not edit.

/**
 * When the model uses other agents.
 */
export type MultiAgentMode =
  /**
   * As this text tells the model.
   */
  {
    custom: string,
  }
  /**
   * - "explicitRequestOnly": Only when the user asks for it. The default.
   * - "proactive": By itself, where it helps.
   */
  | "explicitRequestOnly" | "proactive";
