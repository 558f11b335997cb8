// Generated from the protocol crate; do not edit.

import type { ParsedCommand } from "./ParsedCommand";
import type { ThreadId } from "./ThreadId";

/**
 * Params of `execCommandApproval`: the command, and why it is asked for.
 */
export type ExecCommandApprovalParams = {
  /**
   * The thread that wants to run it.
   */
  conversationId: ThreadId,
  /**
   * Id of the call that runs the command; the events about its start and end carry the same one.
   */
  callId: string,
  /**
   * Id of this one question, apart from `callId`; null for none.
   */
  approvalId: string | null,
  /**
   * Program and arguments, one entry each.
   */
  command: Array<string>,
  /**
   * Working directory it would run in.
   */
  cwd: string,
  /**
   * Why it is asked, for people; null for no reason given.
   */
  reason: string | null,
  /**
   * What the command does, as far as the server can tell, one entry per simple command.
   */
  parsedCmd: Array<ParsedCommand>,
};
