// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/shellCommand`: what to run, in which thread.
 */
export type ThreadShellCommandParams = {
  /**
   * The thread to run it in.
   */
  threadId: string,
  /**
   * Line for the shell of the thread, with pipes, redirections and quotes as written; `command/exec` takes no such
   * line. It has full access, whatever the sandbox of the thread.
   */
  command: string,
  /**
   * Milliseconds it may run; absent or null: one hour (3600000). Negative ones are refused; 0 means time out at
   * once, not no limit. The answer does not wait for it.
   */
  timeoutMs?: number | null,
};
