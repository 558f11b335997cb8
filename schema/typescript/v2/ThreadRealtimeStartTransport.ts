// Generated from the protocol crate; do not edit.

/**
 * How a realtime session is connected.
 */
export type ThreadRealtimeStartTransport =
  /**
   * The server talks to the realtime service over a WebSocket; audio passes through this protocol.
   */
  {
    type: "websocket",
  }
  /**
   * The client talks to the realtime service over WebRTC; the server brings the two together.
   */
  | {
    type: "webrtc",
    /**
     * SDP offer of the client, made once its peer connection has audio and the data channel for events.
     */
    sdp: string,
  }
  /**
   * The client has set up a call with the realtime service already, and the server joins it.
   */
  | {
    type: "existingCall",
    /**
     * Id of that call.
     */
    callId: string,
  };
