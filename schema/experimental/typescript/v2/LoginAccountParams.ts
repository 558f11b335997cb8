// Generated from the protocol crate; do not edit.

import type { LoginAppBrand } from "./LoginAppBrand";

/**
 * Params of `account/login/start`: how to sign in. A `forced_login_method` in the configuration refuses the kinds it
 * rules out.
 */
export type LoginAccountParams =
  /**
   * With an API key, stored by the server; done at once.
   */
  {
    type: "apiKey",
    /**
     * The key, a secret: never logged. It is not checked, not even for being empty.
     */
    apiKey: string,
  }
  /**
   * With ChatGPT in a browser on the server's machine. The server listens for the browser on port 1455 of 127.0.0.1,
   * else 1457, and gives up after 10 minutes.
   */
  | {
    type: "chatgpt",
    /**
     * Tells the page shown on success that the client wants the streamlined login. Default false.
     */
    codexStreamlinedLogin?: boolean,
    /**
     * Sends the browser to the vendor's page on success instead of one that the server shows. Default false.
     */
    useHostedLoginSuccessPage?: boolean,
    /**
     * App that the vendor's page names on success, together with `useHostedLoginSuccessPage`; null is the same as
     * absent.
     */
    appBrand?: LoginAppBrand | null,
  }
  /**
   * With ChatGPT, by a code typed in on any device with a browser; ends without success after 15 minutes. Refused
   * with -32600 where the login server does not offer it.
   */
  | {
    type: "chatgptDeviceCode",
  }
  /**
   * With ChatGPT tokens that the client holds and renews; kept in memory only, and sending them again replaces them.
   * Unstable, and meant for OpenAI's own apps.
   */
  | {
    type: "chatgptAuthTokens",
    /**
     * The access token, a JWT with the scopes of the server's own logins; also read for the mail address. A
     * secret: never logged.
     */
    accessToken: string,
    /**
     * Id of the workspace; not compared with the token. Must be one of `forced_chatgpt_workspace_id` where that is
     * set.
     */
    chatgptAccountId: string,
    /**
     * The plan, in lower case; wins over the token's. Absent or null: from the token, else `unknown`.
     */
    chatgptPlanType?: string | null,
  }
  /**
   * With a bearer token for Amazon Bedrock, which becomes the configured provider until logout. Unstable.
   */
  | {
    type: "amazonBedrock",
    /**
     * The token, a secret: never logged.
     */
    apiKey: string,
    /**
     * AWS region; one that Bedrock support does not cover is refused.
     */
    region: string,
  }
  /**
   * With AWS access keys for Amazon Bedrock, which becomes the configured provider until logout. Unstable.
   */
  | {
    type: "amazonBedrockAccessKeys",
    /**
     * Id of the key pair.
     */
    accessKeyId: string,
    /**
     * Secret half of the pair: never logged.
     */
    secretAccessKey: string,
    /**
     * Session token that belongs to temporary keys, a secret: never logged. Absent or null: none.
     */
    sessionToken?: string | null,
    /**
     * AWS region; one that Bedrock support does not cover is refused.
     */
    region: string,
  };
