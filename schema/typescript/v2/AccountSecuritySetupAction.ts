// Generated from the protocol crate; do not edit.

/**
 * The button of a security reminder.
 */
export type AccountSecuritySetupAction = {
  /**
   * Text of the button.
   */
  label: string,
  /**
   * Page that the button opens.
   */
  url: string,
};
