// Generated from the protocol crate; do not edit.

/**
 * A piece of audio, going in or coming out.
 */
export type ThreadRealtimeAudioChunk = {
  /**
   * The samples, in Base64.
   */
  data: string,
  /**
   * Samples per second and channel, in hertz.
   */
  sampleRate: number,
  /**
   * Number of channels; 1 is mono.
   */
  numChannels: number,
  /**
   * Number of samples in each channel; absent or null when not told.
   */
  samplesPerChannel: number | null,
  /**
   * The item of the session that the audio belongs to; absent or null when not told.
   */
  itemId: string | null,
};
