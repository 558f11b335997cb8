// Generated from the protocol crate; do not edit.

import type { ProjectRoot } from "./ProjectRoot";

/**
 * Params of `project/update`: what is absent or null stays as it is.
 */
export type ProjectUpdateParams = {
  /**
   * The project to change.
   */
  projectId: string,
  /**
   * The new name; absent or null: unchanged.
   */
  name?: string | null,
  /**
   * The new folders, all of them; absent or null: unchanged.
   */
  roots?: Array<ProjectRoot> | null,
  /**
   * The new metadata; absent or null: unchanged.
   */
  metadata?: { [key in string]?: string } | null,
};
