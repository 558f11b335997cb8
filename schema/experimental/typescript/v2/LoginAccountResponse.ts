// Generated from the protocol crate; do not edit.

/**
 * Result of `account/login/start`, by the kind of login.
 */
export type LoginAccountResponse =
  /**
   * The API key is stored.
   */
  {
    type: "apiKey",
  }
  /**
   * A browser login waits for the user.
   */
  | {
    type: "chatgpt",
    /**
     * Id for cancelling, and for matching `account/login/completed`; a UUID.
     */
    loginId: string,
    /**
     * Page to open in a browser on the server's machine.
     */
    authUrl: string,
  }
  /**
   * A device login waits for the user.
   */
  | {
    type: "chatgptDeviceCode",
    /**
     * Id for cancelling, and for matching `account/login/completed`; a UUID.
     */
    loginId: string,
    /**
     * Page to open in a browser, on any device.
     */
    verificationUrl: string,
    /**
     * Code to type in on that page once signed in; good for one use.
     */
    userCode: string,
  }
  /**
   * The client's tokens are in use.
   */
  | {
    type: "chatgptAuthTokens",
  }
  /**
   * The credentials for Amazon Bedrock are stored.
   */
  | {
    type: "amazonBedrock",
  };
