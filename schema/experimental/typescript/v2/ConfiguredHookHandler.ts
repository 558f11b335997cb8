// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * What a hook runs, by kind. Handlers of the kinds `prompt` and `agent` are skipped with a warning.
 */
export type ConfiguredHookHandler =
  /**
   * A shell command; it gets JSON on its standard input and runs in the working directory of the thread.
   */
  {
    type: "command",
    /**
     * The command line, for the shell.
     */
    command: string,
    /**
     * Command line to run in its place on Windows. Null: the same one.
     */
    commandWindows: string | null,
    /**
     * How long it may run, in seconds, at least 1. Null: 600, but 1 for `SessionEnd`, where more than 3 counts as
     * 3.
     */
    timeoutSec: number | null,
    /**
     * True when nothing waits for the command; such a run sends neither `hook/started` nor `hook/completed`.
     */
    async: boolean,
    /**
     * Text to show while the hook runs. Null: none.
     */
    statusMessage: string | null,
    /**
     * From about how many tokens on the hook's `additionalContext` goes into a file, leaving a preview. Null:
     * 2500; 0: never. Measured before shortening; the preview adds a note on how to get the rest.
     */
    additionalContextLimit: number | null,
  }
  /**
   * A tool of an MCP server.
   */
  | {
    type: "mcp_tool",
    /**
     * Name of the MCP server.
     */
    server: string,
    /**
     * Name of the tool on that server.
     */
    tool: string,
    /**
     * Arguments of the call; may be empty.
     */
    input: { [key in string]?: JsonValue },
    /**
     * How long the call may take, in seconds. Null: the server's default.
     */
    timeoutSec: number | null,
    /**
     * Text to show while the hook runs. Null: none.
     */
    statusMessage: string | null,
  }
  /**
   * A prompt to a model. Recognised but not run.
   */
  | {
    type: "prompt",
  }
  /**
   * An agent. Recognised but not run.
   */
  | {
    type: "agent",
  };
