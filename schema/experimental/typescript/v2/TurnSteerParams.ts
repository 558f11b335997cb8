// Generated from the protocol crate; do not edit.

import type { AdditionalContextEntry } from "./AdditionalContextEntry";
import type { UserInput } from "./UserInput";

/**
 * Params of `turn/steer`: more input for the running turn.
 */
export type TurnSteerParams = {
  /**
   * The thread.
   */
  threadId: string,
  /**
   * The client's own id of the message; comes back as `clientId` of its item.
   */
  clientUserMessageId?: string | null,
  /**
   * The parts of the message; at least one.
   */
  input: Array<UserInput>,
  /**
   * Notes for the turn metadata of requests to the model, in place of those given before; an empty map clears them.
   * Keys the server uses itself cannot be set.
   */
  responsesapiClientMetadata?: { [key in string]?: string } | null,
  /**
   * The same, but added to those given before. Applied last.
   */
  responsesapiClientMetadataPatch?: { [key in string]?: string } | null,
  /**
   * Further texts for the model, by a name of the client's for their source.
   */
  additionalContext?: { [key in string]?: AdditionalContextEntry } | null,
  /**
   * The turn the client means; refused when another one runs, or none.
   */
  expectedTurnId: string,
};
