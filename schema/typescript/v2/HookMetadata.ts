// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { HookEventName } from "./HookEventName";
import type { HookSource } from "./HookSource";
import type { HookTrustStatus } from "./HookTrustStatus";

/**
 * One configured hook: what all kinds share, and by `handlerType` what only its kind has.
 */
export type HookMetadata = {
  /**
   * Name of the hook in `hooks.state` of the configuration, where its trust and switch are kept: source, event,
   * group and index, joined by colons.
   */
  key: string,
  /**
   * When it runs.
   */
  eventName: HookEventName,
  /**
   * Regular expression for the names of the tools it runs for. Null, empty and `*`: all.
   */
  matcher: string | null,
  /**
   * How long it may run, in seconds, at least 1. Where not configured 600, for `sessionEnd` 1, there with a limit of
   * 3.
   */
  timeoutSec: number,
  /**
   * What to show while it runs; null when not configured.
   */
  statusMessage: string | null,
  /**
   * From about how many tokens on the context it adds is moved to disk. Null: 2500; 0: never.
   */
  additionalContextLimit: number | null,
  /**
   * The file that configures it, absolute.
   */
  sourcePath: AbsolutePathBuf,
  /**
   * What kind of place the configuration is from.
   */
  source: HookSource,
  /**
   * The plugin that brings it; null for others.
   */
  pluginId: string | null,
  /**
   * The environment whose requirements bring it; null for others.
   */
  environmentId: string | null,
  /**
   * Position in the list, to sort by.
   */
  displayOrder: number,
  /**
   * Whether it is switched on; only then it can run.
   */
  enabled: boolean,
  /**
   * Whether an administrator prescribes it; such a hook needs no trust of the user.
   */
  isManaged: boolean,
  /**
   * Fingerprint of what it is configured to do: `sha256:` and hexadecimal digits, for a plugin's hook two of these
   * joined by `/`. To trust the hook, write it to the configuration as `trusted_hash`.
   */
  currentHash: string,
  /**
   * Whether it is trusted as it stands now.
   */
  trustStatus: HookTrustStatus,
} & (
  /**
   * It runs a shell command.
   */
  {
    handlerType: "command",
    /**
     * The command line for the shell.
     */
    command: string,
    /**
     * Whether the session goes on without waiting for it. Default false.
     */
    async: boolean,
  }
  /**
   * It calls a tool of an MCP server.
   */
  | {
    handlerType: "mcpTool",
    /**
     * Name of the MCP server.
     */
    server: string,
    /**
     * Name of the tool on that server.
     */
    tool: string,
  }
  /**
   * It is a prompt.
   */
  | {
    handlerType: "prompt",
  }
  /**
   * It is an agent.
   */
  | {
    handlerType: "agent",
  });
