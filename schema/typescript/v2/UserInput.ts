// Generated from the protocol crate; do not edit.

import type { ImageDetail } from "../ImageDetail";
import type { TextElement } from "./TextElement";

/**
 * One part of a message.
 */
export type UserInput =
  /**
   * Text, which reaches the model word for word.
   */
  {
    type: "text",
    /**
     * The text.
     */
    text: string,
    /**
     * Spans of the text that the client draws in a special way. Default none.
     */
    text_elements: Array<TextElement>,
  }
  /**
   * An image that is fetched, carried along or stored by the provider.
   */
  | {
    type: "image",
    /**
     * How closely the model looks; absent leaves it to the server.
     */
    detail: ImageDetail | null,
  } & (
    /**
     * It is fetched or carried along.
     */
    {
      /**
       * Its address or a `data:` URL.
       */
      url: string,
    }
    /**
     * It lies in the provider's store.
     */
    | {
      /**
       * Its id there.
       */
      fileId: string,
    })
  /**
   * An image file, which the server reads and sends along.
   */
  | {
    type: "localImage",
    /**
     * How closely the model looks; absent leaves it to the server.
     */
    detail: ImageDetail | null,
    /**
     * The file.
     */
    path: string,
  }
  /**
   * A recording that is fetched, carried along or stored by the provider.
   */
  | {
    type: "audio",
  } & (
    /**
     * It is fetched or carried along.
     */
    {
      /**
       * Its address or a `data:` URL.
       */
      url: string,
    }
    /**
     * It lies in the provider's store.
     */
    | {
      /**
       * Its id there.
       */
      fileId: string,
    })
  /**
   * An audio file, which the server reads and sends along.
   */
  | {
    type: "localAudio",
    /**
     * The file.
     */
    path: string,
  }
  /**
   * A skill the user picked.
   */
  | {
    type: "skill",
    /**
     * Its name.
     */
    name: string,
    /**
     * Its `SKILL.md`.
     */
    path: string,
  }
  /**
   * Something the user pointed at, such as an app or a plugin.
   */
  | {
    type: "mention",
    /**
     * Its name, for people.
     */
    name: string,
    /**
     * What it stands for, a path or an address of its own kind.
     */
    path: string,
  };
