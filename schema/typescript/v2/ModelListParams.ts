// Generated from the protocol crate; do not edit.

/**
 * Params of `model/list`.
 */
export type ModelListParams = {
  /**
   * Id of the provider to ask; absent: the configured one.
   */
  modelProvider?: string | null,
  /**
   * Where to go on: `nextCursor` of the page before; absent: from the start.
   */
  cursor?: string | null,
  /**
   * Entries per page; absent: as many as the server likes. 0 acts as 1.
   */
  limit?: number | null,
  /**
   * Adds models that pickers leave out. Absent means false.
   */
  includeHidden?: boolean | null,
};
