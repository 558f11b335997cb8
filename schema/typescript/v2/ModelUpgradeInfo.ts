// Generated from the protocol crate; do not edit.

/**
 * A recommended successor.
 */
export type ModelUpgradeInfo = {
  /**
   * Slug of the successor.
   */
  model: string,
  /**
   * Text that recommends it; null when there is none.
   */
  upgradeCopy: string | null,
  /**
   * Page about it; null when there is none.
   */
  modelLink: string | null,
  /**
   * Longer text on what changes, in Markdown; null when there is none.
   */
  migrationMarkdown: string | null,
  /**
   * When the older model goes, in Unix seconds; for information, null when unknown.
   */
  retirementAt: number | null,
};
