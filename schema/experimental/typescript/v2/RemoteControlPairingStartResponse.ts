// Generated from the protocol crate; do not edit.

/**
 * Result of `remoteControl/pairing/start`.
 */
export type RemoteControlPairingStartResponse = {
  /**
   * The pairing code to hand to the other device; a secret: never logged.
   */
  pairingCode: string,
  /**
   * The code to type in by hand; null when there is none. A secret: never logged.
   */
  manualPairingCode: string | null,
  /**
   * The environment the device will be paired with.
   */
  environmentId: string,
  /**
   * When the pairing ends unclaimed, as a Unix time.
   */
  expiresAt: number,
};
