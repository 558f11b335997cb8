// Generated from the protocol crate; do not edit.

/**
 * When the user is asked before something is done.
 */
export type AskForApproval =
  /**
   * - "untrusted": Before every command, reading ones included. As a request's field only; a configuration file with it is refused.
   * - "on-request": When the model asks to leave the sandbox, and before commands that are known to be dangerous.
   * - "never": Not at all; what would need consent is refused.
   */
  "untrusted" | "on-request" | "never"
  /**
   * Kind by kind: true asks, false refuses without asking.
   */
  | {
    granular: {
      /**
       * Leaving the sandbox.
       */
      sandbox_approval: boolean,
      /**
       * Commands for which a rule says to ask.
       */
      rules: boolean,
      /**
       * Running scripts of skills. Default false.
       */
      skill_approval: boolean,
      /**
       * The model asking for more permissions. Default false.
       */
      request_permissions: boolean,
      /**
       * Questions of MCP servers.
       */
      mcp_elicitations: boolean,
    },
  };
