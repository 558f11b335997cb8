// Generated from the protocol crate; do not edit.

import type { ThreadSettings } from "./ThreadSettings";

/**
 * `thread/settings/updated`: settings for later turns changed. Not sent when a request leaves all as it was.
 */
export type ThreadSettingsUpdatedNotification = {
  /**
   * The thread.
   */
  threadId: string,
  /**
   * All settings, the unchanged ones included.
   */
  threadSettings: ThreadSettings,
};
