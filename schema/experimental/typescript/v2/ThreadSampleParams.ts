// Generated from the protocol crate; do not edit.

import type { ReasoningEffort } from "../ReasoningEffort";
import type { ThreadSource } from "./ThreadSource";

/**
 * Params of `thread/sample`.
 */
export type ThreadSampleParams = {
  /**
   * The thread whose context is used; it must be loaded.
   */
  threadId: string,
  /**
   * The newest turn of the thread, as the client knows it. It must have ended, in whatever way, unless
   * `allowInProgressTurn` is true.
   */
  expectedTurnId: string,
  /**
   * Accepts a newest turn that still runs. Default false.
   */
  allowInProgressTurn?: boolean,
  /**
   * What the model is asked.
   */
  prompt: string,
  /**
   * Effort of reasoning; used only where provider and model can change it without losing the prompt cache.
   */
  effort?: ReasoningEffort | null,
  /**
   * Why it is asked, in the client's words, for statistics.
   */
  threadSource?: ThreadSource | null,
  /**
   * What made the client ask, for statistics.
   */
  turnTrigger?: string | null,
  /**
   * Notes for the turn metadata of the request to the model.
   */
  responsesapiClientMetadata?: { [key in string]?: string } | null,
  /**
   * Runs without MCP servers where the context taken over works with incremental tools over Responses Lite. Default
   * false.
   */
  disableMcp?: boolean,
  /**
   * Whether cancelling also stops the request at the provider; absent or null: as the thread has it.
   */
  interruptOnCancel?: boolean | null,
};
