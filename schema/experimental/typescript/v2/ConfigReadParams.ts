// Generated from the protocol crate; do not edit.

/**
 * Params of `config/read`.
 */
export type ConfigReadParams = {
  /**
   * Adds the single layers to the answer. Default false.
   */
  includeLayers?: boolean,
  /**
   * Folder whose project layers count too; absent or null: no project layer does.
   */
  cwd?: string | null,
};
