// Generated from the protocol crate; do not edit.

/**
 * Params of `remoteControl/pairing/start`.
 */
export type RemoteControlPairingStartParams = {
  /**
   * Asks for a code to type in as well. Default false.
   */
  manualCode?: boolean,
};
