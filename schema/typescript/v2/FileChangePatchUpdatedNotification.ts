// Generated from the protocol crate; do not edit.

import type { FileUpdateChange } from "./FileUpdateChange";

/**
 * `item/fileChange/patchUpdated`: a new state of a patch.
 */
export type FileChangePatchUpdatedNotification = {
  /**
   * The thread of the item.
   */
  threadId: string,
  /**
   * The turn of the item.
   */
  turnId: string,
  /**
   * The `fileChange` item.
   */
  itemId: string,
  /**
   * The changes as known now, file by file.
   */
  changes: Array<FileUpdateChange>,
};
