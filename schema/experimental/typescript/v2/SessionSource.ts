// Generated from the protocol crate; do not edit.

import type { SubAgentSource } from "../SubAgentSource";

/**
 * What created a thread.
 */
export type SessionSource =
  /**
   * - "cli": The terminal program.
   * - "vscode": An editor; also every client of the app-server that does not say otherwise.
   * - "exec": A run without interaction.
   * - "appServer": The app-server, for another program.
   * - "unknown": Not known.
   */
  "cli" | "vscode" | "exec" | "appServer" | "unknown"
  /**
   * Another program, by its own name.
   */
  | {
    custom: string,
  }
  /**
   * An agent of another thread.
   */
  | {
    subAgent: SubAgentSource,
  };
