// Generated from the protocol crate; do not edit.

import type { AppInfo } from "./AppInfo";

/**
 * `app/list/updated`: the apps as known now. Experimental.
 */
export type AppListUpdatedNotification = {
  /**
   * The list as merged so far, apps the user has access to first.
   */
  data: Array<AppInfo>,
};
