// Generated from the protocol crate; do not edit.

/**
 * Params of `remoteControl/enable`; null or absent acts like an object without fields.
 */
export type RemoteControlEnableParams = {
  /**
   * Turns it on without storing that as the preference. Default false.
   */
  ephemeral?: boolean,
};
