// Generated from the protocol crate; do not edit.

/**
 * Params of `remoteControl/disable`; null or absent acts like an object without fields.
 */
export type RemoteControlDisableParams = {
  /**
   * Turns it off without storing that as the preference. Default false.
   */
  ephemeral?: boolean,
};
