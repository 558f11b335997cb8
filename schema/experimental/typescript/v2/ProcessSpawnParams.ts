// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ProcessTerminalSize } from "./ProcessTerminalSize";

/**
 * Params of `process/spawn`: what to run, on the server's host and without a sandbox.
 */
export type ProcessSpawnParams = {
  /**
   * Program and arguments, not read by a shell; an empty list is refused.
   */
  command: Array<string>,
  /**
   * Name for the process, chosen by the client and valid on its connection; not empty. Refused while another one
   * runs under it, free again after the exit.
   */
  processHandle: string,
  /**
   * Working directory; absolute.
   */
  cwd: AbsolutePathBuf,
  /**
   * Attaches it to a terminal; turns on `streamStdin` and `streamStdoutStderr` as well. Default false.
   */
  tty?: boolean,
  /**
   * Keeps stdin open for `process/writeStdin`. Default false.
   */
  streamStdin?: boolean,
  /**
   * Sends output as `process/outputDelta` while it comes, and then not again in `process/exited`. Default false.
   */
  streamStdoutStderr?: boolean,
  /**
   * Most bytes to take from each of stdout and stderr; null: no cap, absent: the server's default.
   */
  outputBytesCap?: number | null,
  /**
   * How long it may run, in milliseconds; null: no limit, absent: the server's default.
   */
  timeoutMs?: number | null,
  /**
   * Variables to set on top of the server's own environment; a null value removes one. Absent or null: no changes.
   * Values may be secrets: never logged.
   */
  env?: { [key in string]?: string | null } | null,
  /**
   * Size of the terminal at the start; allowed only together with `tty`. Absent or null: the server's choice.
   */
  size?: ProcessTerminalSize | null,
};
