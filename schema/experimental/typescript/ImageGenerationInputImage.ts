// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "./AbsolutePathBuf";

/**
 * A local file that an image was made from.
 */
export type ImageGenerationInputImage = {
  /**
   * The file.
   */
  path: AbsolutePathBuf,
  /**
   * SHA-256 of the file's bytes as read, in lowercase hex.
   */
  sha256: string,
};
