// Generated from the protocol crate; do not edit.

/**
 * Params of `marketplace/add`.
 */
export type MarketplaceAddParams = {
  /**
   * Where it comes from: a local folder (absolute, or starting with `./`), `owner/repo`, or a git URL; not empty,
   * and `file://` is refused. A URL may hold credentials: those are secrets and never logged.
   */
  source: string,
  /**
   * Git ref to check out, such as a branch or tag; absent or null: the repository's default.
   */
  refName?: string | null,
  /**
   * Paths of the repository to check out, leaving out the rest; absent or null: everything.
   */
  sparsePaths?: Array<string> | null,
};
