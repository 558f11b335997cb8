// Generated from the protocol crate; do not edit.

import type { ProjectChangeType } from "./ProjectChangeType";

/**
 * `project/changed`: which project, and what happened to it.
 */
export type ProjectChangedNotification = {
  /**
   * The project.
   */
  projectId: string,
  /**
   * What happened.
   */
  changeType: ProjectChangeType,
};
