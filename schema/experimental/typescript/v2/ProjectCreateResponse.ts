// Generated from the protocol crate; do not edit.

import type { Project } from "./Project";

/**
 * Result of `project/create`.
 */
export type ProjectCreateResponse = {
  /**
   * The new project.
   */
  project: Project,
};
