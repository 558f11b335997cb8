// Generated from the protocol crate; do not edit.

import type { ImageDetail } from "./ImageDetail";

/**
 * A part of a tool's result.
 */
export type FunctionCallOutputContentItem =
  /**
   * Text.
   */
  {
    type: "input_text",
    /**
     * The text.
     */
    text: string,
  }
  /**
   * An image.
   */
  | {
    type: "input_image",
    /**
     * How closely to look; absent leaves it to the provider.
     */
    detail?: ImageDetail,
  } & (
    /**
     * It is fetched or carried along.
     */
    {
      /**
       * Its address or a `data:` URL.
       */
      image_url: string,
    }
    /**
     * It lies in the provider's store.
     */
    | {
      /**
       * Its id there.
       */
      file_id: string,
    })
  /**
   * A recording.
   */
  | {
    type: "input_audio",
  } & (
    /**
     * It is fetched or carried along.
     */
    {
      /**
       * Its address or a `data:` URL.
       */
      audio_url: string,
    }
    /**
     * It lies in the provider's store.
     */
    | {
      /**
       * Its id there.
       */
      file_id: string,
    })
  /**
   * Content only the provider can read.
   */
  | {
    type: "encrypted_content",
    /**
     * The content as it came.
     */
    encrypted_content: string,
  };
