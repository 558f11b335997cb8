// Generated from the protocol crate; do not edit.

import type { ImageDetail } from "./ImageDetail";
import type { JsonValue } from "./serde_json/JsonValue";

/**
 * A part of a message.
 */
export type ContentItem =
  /**
   * Text given to the model.
   */
  {
    type: "input_text",
    /**
     * The text.
     */
    text: string,
  }
  /**
   * An image given to the model.
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
   * A recording given to the model.
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
   * Text the model wrote.
   */
  | {
    type: "output_text",
    /**
     * The text.
     */
    text: string,
    /**
     * The API's notes on the text, such as citations, unchanged; absent when there are none.
     */
    annotations?: Array<JsonValue>,
    /**
     * Probabilities of the tokens, unchanged; absent unless asked for.
     */
    logprobs?: Array<JsonValue>,
  };
