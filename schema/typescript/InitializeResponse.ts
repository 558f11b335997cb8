// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "./AbsolutePathBuf";

/**
 * Result of `initialize`. From here on the connection may send every other request.
 */
export type InitializeResponse = {
  /**
   * `NAME/VERSION (OS; ARCH) TERMINAL (NAME; CLIENTVERSION)`; clients read the protocol's version out of it.
   */
  userAgent: string,
  /**
   * The folder with config, credentials and rollouts that this server works on.
   */
  codexHome: AbsolutePathBuf,
  /**
   * `unix` or `windows`, of the machine the server runs on.
   */
  platformFamily: string,
  /**
   * The operating system of the server's machine, such as `linux`, `macos` or `windows`.
   */
  platformOs: string,
};
