// Generated from the protocol crate; do not edit.

import type { Project } from "./Project";

/**
 * Result of `project/read`.
 */
export type ProjectReadResponse = {
  /**
   * The project.
   */
  project: Project,
};
