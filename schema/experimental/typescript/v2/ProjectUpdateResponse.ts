// Generated from the protocol crate; do not edit.

import type { Project } from "./Project";

/**
 * Result of `project/update`.
 */
export type ProjectUpdateResponse = {
  /**
   * The project after the change.
   */
  project: Project,
};
