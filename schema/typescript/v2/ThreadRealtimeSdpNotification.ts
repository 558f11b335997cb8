// Generated from the protocol crate; do not edit.

/**
 * `thread/realtime/sdp`: the remote side of a WebRTC session has answered the offer.
 */
export type ThreadRealtimeSdpNotification = {
  /**
   * The thread whose session it is.
   */
  threadId: string,
  /**
   * SDP answer, for the peer connection of the client.
   */
  sdp: string,
};
