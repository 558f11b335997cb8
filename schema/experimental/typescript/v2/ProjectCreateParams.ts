// Generated from the protocol crate; do not edit.

import type { ProjectRoot } from "./ProjectRoot";

/**
 * Params of `project/create`.
 */
export type ProjectCreateParams = {
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
   * Chosen by the client, new for each project: a repeated request with the same key creates no second one.
   */
  idempotencyKey: string,
};
