// Generated from the protocol crate; do not edit.

/**
 * Result of `remoteControl/pairing/status`.
 */
export type RemoteControlPairingStatusResponse = {
  /**
   * Whether a device has used the code.
   */
  claimed: boolean,
};
