// Generated from the protocol crate; do not edit.

/**
 * What `data` of a JSON-RPC error says when the model provider is at fault. Clients treat kinds they do not know as
 * any other error.
 */
export type ModelProviderError =
  /**
   * Another provider is in use than the one wanted.
   */
  {
    type: "modelProviderMismatch",
    /**
     * Id of the provider that was wanted.
     */
    modelProvider: string,
    /**
     * Id of the provider in use.
     */
    currentModelProvider: string,
  }
  /**
   * The provider is not configured.
   */
  | {
    type: "modelProviderNotConfigured",
    /**
     * Id of the provider that was wanted.
     */
    modelProvider: string,
  }
  /**
   * A managed policy demands another provider.
   */
  | {
    type: "modelProviderPolicyConflict",
    /**
     * Id of the provider that was wanted.
     */
    modelProvider: string,
    /**
     * Id of the provider that the policy demands.
     */
    requiredModelProvider: string,
  };
