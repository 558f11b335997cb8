// Generated from the protocol crate; do not edit.

/**
 * How a client is to show a checked message.
 */
export type AgentMessageDisplay = {
  /**
   * What to do; an open set, and unknown ones are left alone.
   */
  action: string,
  /**
   * Category of what was held back; null when nothing was.
   */
  blockType: string | null,
  /**
   * The provider's mark on trusted access in computer security, passed through; null when not said.
   */
  cyberTrustedAccess: boolean | null,
  /**
   * The provider's mark on looking for trusted contacts, passed through; null when not said.
   */
  checkTrustedContacts: boolean | null,
};
