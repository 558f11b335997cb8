// Generated from the protocol crate; do not edit.

import type { ProjectRoot } from "./ProjectRoot";

/**
 * Params of `project/import`.
 */
export type ProjectImportParams = {
  /**
   * Its name, for people.
   */
  name: string,
  /**
   * The folders it is made of.
   */
  roots: Array<ProjectRoot>,
  /**
   * Texts by key to keep with it; absent or null: none.
   */
  metadata?: { [key in string]?: string } | null,
  /**
   * Ids of the threads to assign to it; absent or null: none.
   */
  threads?: Array<string> | null,
  /**
   * Chosen by the client, new for each import: a repeated request with the same key creates no second project.
   */
  idempotencyKey: string,
};
