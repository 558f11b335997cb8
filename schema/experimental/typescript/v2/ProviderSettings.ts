// Generated from the protocol crate; do not edit.

import type { GatewayAuth } from "./GatewayAuth";

/**
 * Settings of a provider as read, by kind. `ProviderSettingsPatch` is the form to write.
 */
export type ProviderSettings =
  /**
   * The service of OpenAI; it has no settings here.
   */
  {
    type: "openai",
  }
  /**
   * Any other service that speaks the same API.
   */
  | {
    type: "customGateway",
    /**
     * How requests to it are authenticated.
     */
    auth: GatewayAuth,
  }
  /**
   * Models served by Amazon Bedrock.
   */
  | {
    type: "bedrock",
    /**
     * Name of the AWS profile; null when not set.
     */
    profile: string | null,
    /**
     * AWS region; null when not set.
     */
    region: string | null,
  }
  /**
   * Models served by Google Cloud.
   */
  | {
    type: "gcp",
    /**
     * Id of the Google Cloud project; null when not set.
     */
    projectId: string | null,
    /**
     * Google Cloud location; null when not set.
     */
    location: string | null,
    /**
     * Path of the file with credentials, on the host of the server; null when not set. The content is never shown.
     */
    credentialFile: string | null,
  };
