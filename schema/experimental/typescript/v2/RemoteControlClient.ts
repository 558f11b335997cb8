// Generated from the protocol crate; do not edit.

/**
 * A device paired for remote control.
 */
export type RemoteControlClient = {
  /**
   * Its id, for `remoteControl/client/revoke`.
   */
  clientId: string,
  /**
   * Its name, for people; null when unknown.
   */
  displayName: string | null,
  /**
   * Kind of device; null when unknown.
   */
  deviceType: string | null,
  /**
   * Its platform; null when unknown.
   */
  platform: string | null,
  /**
   * Version of its operating system; null when unknown.
   */
  osVersion: string | null,
  /**
   * Model of the device; null when unknown.
   */
  deviceModel: string | null,
  /**
   * Version of the app on it; null when unknown.
   */
  appVersion: string | null,
  /**
   * When it was last seen, as a Unix time; null when unknown.
   */
  lastSeenAt: number | null,
};
