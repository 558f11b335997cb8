// Generated from the protocol crate; do not edit.

import type { BedrockProviderId } from "./BedrockProviderId";
import type { GcpProviderId } from "./GcpProviderId";

/**
 * Changes to the settings of a provider. An absent field stays as it is, null clears one that may be empty; unknown
 * fields are refused.
 */
export type ProviderSettingsPatch =
  /**
   * A service of the user's choice that speaks the same API as OpenAI.
   */
  {
    type: "customGateway",
    /**
     * Id of the provider to change. Absent or null: a new provider is created and gets an id.
     */
    providerId: string | null,
    /**
     * Name for people; absent keeps it, null is not allowed.
     */
    name?: string,
    /**
     * Base URL of its API. Three states: absent keeps it, null clears it, a value sets it.
     */
    baseUrl?: string | null,
    /**
     * Name of the environment variable that holds the key, not the key itself. Three states: absent keeps it, null
     * clears it, a value sets it.
     */
    envKey?: string | null,
  }
  /**
   * The AWS settings of a built-in Bedrock provider.
   */
  | {
    type: "bedrock",
    /**
     * Which of the built-in Bedrock providers.
     */
    providerId: BedrockProviderId,
    /**
     * Name of the AWS profile. Three states: absent keeps it, null clears it, a value sets it.
     */
    profile?: string | null,
    /**
     * AWS region. Three states: absent keeps it, null clears it, a value sets it.
     */
    region?: string | null,
  }
  /**
   * The settings of the built-in Google Cloud provider.
   */
  | {
    type: "gcp",
    /**
     * Which of the built-in Google Cloud providers; there is one.
     */
    providerId: GcpProviderId,
    /**
     * Id of the Google Cloud project. Three states: absent keeps it, null clears it, a value sets it.
     */
    projectId?: string | null,
    /**
     * Google Cloud location. Three states: absent keeps it, null clears it, a value sets it.
     */
    location?: string | null,
    /**
     * Path of the file with credentials, on the host of the server. Three states: absent keeps it, null clears it,
     * a value sets it.
     */
    credentialFile?: string | null,
  };
