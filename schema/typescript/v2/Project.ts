// Generated from the protocol crate; do not edit.

import type { ProjectRoot } from "./ProjectRoot";

/**
 * A project.
 */
export type Project = {
  /**
   * Its id, given by the server.
   */
  id: string,
  /**
   * Its name, for people.
   */
  name: string,
  /**
   * The folders it is made of.
   */
  roots: Array<ProjectRoot>,
  /**
   * Texts by key that clients keep with it.
   */
  metadata: { [key in string]?: string },
  /**
   * Its place in the user's order; smaller comes first.
   */
  position: number,
  /**
   * When it was created, in Unix seconds.
   */
  createdAt: number,
  /**
   * When it was last changed, in Unix seconds.
   */
  updatedAt: number,
  /**
   * Latest recency among its threads, archived ones aside, in Unix seconds; null without any.
   */
  recencyAt: number | null,
};
