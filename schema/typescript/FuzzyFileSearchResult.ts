// Generated from the protocol crate; do not edit.

import type { FuzzyFileSearchMatchType } from "./FuzzyFileSearchMatchType";

/**
 * One file or directory that matches. Its fields are in snake case on the wire.
 */
export type FuzzyFileSearchResult = {
  /**
   * The searched directory it lies in.
   */
  root: string,
  /**
   * Where it lies, relative to `root`.
   */
  path: string,
  /**
   * Whether it is a file or a directory.
   */
  match_type: FuzzyFileSearchMatchType,
  /**
   * Last part of the path.
   */
  file_name: string,
  /**
   * How well it matches, on a scale of the server.
   */
  score: number,
  /**
   * Positions in `path` that match the query, from 0, for highlighting; null when not told.
   */
  indices: Array<number> | null,
};
