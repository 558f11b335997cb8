// Generated from the protocol crate; do not edit.

/**
 * Params of `remoteControl/pairing/status`; a code of either kind is needed.
 */
export type RemoteControlPairingStatusParams = {
  /**
   * Code of the pairing to ask about; absent or null when asking by `manualPairingCode`. A secret: never logged.
   */
  pairingCode?: string | null,
  /**
   * Typed code of the pairing to ask about; absent or null when asking by `pairingCode`. A secret: never logged.
   */
  manualPairingCode?: string | null,
};
