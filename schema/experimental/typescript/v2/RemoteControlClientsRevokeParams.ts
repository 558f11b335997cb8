// Generated from the protocol crate; do not edit.

/**
 * Params of `remoteControl/client/revoke`.
 */
export type RemoteControlClientsRevokeParams = {
  /**
   * The environment the device is paired with.
   */
  environmentId: string,
  /**
   * The device to shut out.
   */
  clientId: string,
};
