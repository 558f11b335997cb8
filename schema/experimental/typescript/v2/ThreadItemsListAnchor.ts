// Generated from the protocol crate; do not edit.

/**
 * An item to begin beside; it is not part of the page itself.
 */
export type ThreadItemsListAnchor =
  /**
   * An item of the turn that `turnId` names.
   */
  {
    type: "item",
    /**
     * Id of the item.
     */
    itemId: string,
  };
