// Generated from the protocol crate; do not edit.

import type { Project } from "./Project";

/**
 * Result of `project/import`.
 */
export type ProjectImportResponse = {
  /**
   * The imported project.
   */
  project: Project,
};
