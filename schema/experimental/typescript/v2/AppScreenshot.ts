// Generated from the protocol crate; do not edit.

/**
 * A picture of an app.
 */
export type AppScreenshot = {
  /**
   * URL of the picture; null when not told.
   */
  url: string | null,
  /**
   * Id of the picture's file at the backend; null when not told.
   */
  fileId: string | null,
  /**
   * What the user asked in the scene shown.
   */
  userPrompt: string,
};
