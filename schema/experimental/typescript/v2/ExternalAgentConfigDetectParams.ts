// Generated from the protocol crate; do not edit.

/**
 * Params of `externalAgentConfig/detect`: where to look, and how far back.
 */
export type ExternalAgentConfigDetectParams = {
  /**
   * Looks in the user's home folder. Default false.
   */
  includeHome?: boolean,
  /**
   * Working directories whose repositories to look into. Absent, null or empty: none.
   */
  cwds?: Array<string> | null,
  /**
   * Leaves out sessions older than this many days. Absent or null: the server's limit.
   */
  maxSessionAgeDays?: number | null,
  /**
   * Finds at most this many sessions. Absent or null: the server's limit.
   */
  maxSessions?: number | null,
  /**
   * Deprecated and without effect; `migrationSource` has taken its place.
   */
  source?: string | null,
  /**
   * Which agent to look for. Absent, null or a value the server does not know: the default one.
   */
  migrationSource?: string | null,
};
