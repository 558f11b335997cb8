// Generated from the protocol crate; do not edit.

import type { CommandExecTerminalSize } from "./CommandExecTerminalSize";
import type { SandboxPolicy } from "./SandboxPolicy";

/**
 * Params of `command/exec`: the command, how to run it, and how to get at its input and output.
 */
export type CommandExecParams = {
  /**
   * Program and arguments, not passed through a shell; must not be empty.
   */
  command: Array<string>,
  /**
   * Name for the command, chosen by the client and valid on its connection. Needed with `tty`, `streamStdin` and
   * `streamStdoutStderr`, and to write, resize or terminate. Absent: it cannot be addressed.
   */
  processId?: string | null,
  /**
   * Whether it runs on a terminal of its own, which turns on `streamStdin` and `streamStdoutStderr`. Default false.
   */
  tty?: boolean,
  /**
   * Whether `command/exec/write` may feed its input; needs `processId`. Default false.
   */
  streamStdin?: boolean,
  /**
   * Whether output comes as `command/exec/outputDelta` instead of in the result; needs `processId`. Default false.
   */
  streamStdoutStderr?: boolean,
  /**
   * Most bytes kept of each stream; the rest is dropped. Absent or null: 1048576. Not together with
   * `disableOutputCap`.
   */
  outputBytesCap?: number | null,
  /**
   * Whether to keep all output, whatever its length. Default false. Not together with `outputBytesCap`.
   */
  disableOutputCap?: boolean,
  /**
   * Whether it may run for as long as it likes. Default false. Not together with `timeoutMs`.
   */
  disableTimeout?: boolean,
  /**
   * Milliseconds after which it is killed, not negative. Absent or null: 10000. Not together with `disableTimeout`.
   */
  timeoutMs?: number | null,
  /**
   * Directory to run in, relative to that of the server; absent or null: the server's own.
   */
  cwd?: string | null,
  /**
   * Variables to set on top of the server's environment; a name with null removes that variable.
   */
  env?: { [key in string]?: string | null } | null,
  /**
   * Size of the terminal at the start; allowed with `tty` only.
   */
  size?: CommandExecTerminalSize | null,
  /**
   * The sandbox to run it in. Absent or null: that of the configuration. Not together with `permissionProfile`.
   */
  sandboxPolicy?: SandboxPolicy | null,
  /**
   * Id of the permission profile to run it under. Absent or null: what the configuration says. Not together with
   * `sandboxPolicy`.
   */
  permissionProfile?: string | null,
};
