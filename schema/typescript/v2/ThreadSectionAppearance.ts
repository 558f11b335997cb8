// Generated from the protocol crate; do not edit.

/**
 * How clients draw a section. The values are theirs.
 */
export type ThreadSectionAppearance = {
  /**
   * Name of the icon; null for none.
   */
  icon: string | null,
  /**
   * Name of the colour; null for none.
   */
  color: string | null,
};
