// Generated from the protocol crate; do not edit.

import type { InputModality } from "../InputModality";
import type { ModelAccessPrograms } from "./ModelAccessPrograms";
import type { ModelAvailabilityNux } from "./ModelAvailabilityNux";
import type { ModelServiceTier } from "./ModelServiceTier";
import type { ModelUpgradeInfo } from "./ModelUpgradeInfo";
import type { MultiAgentVersion } from "./MultiAgentVersion";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningEffortOption } from "./ReasoningEffortOption";

/**
 * One entry of `model/list`.
 */
export type Model = {
  /**
   * Id of the entry.
   */
  id: string,
  /**
   * Slug to put into requests.
   */
  model: string,
  /**
   * Slug of the model recommended in its place; null when there is none.
   */
  upgrade: string | null,
  /**
   * What to tell about that recommendation; null when there is nothing.
   */
  upgradeInfo: ModelUpgradeInfo | null,
  /**
   * A note to show once about the model being available; null when there is none.
   */
  availabilityNux: ModelAvailabilityNux | null,
  /**
   * Name for people.
   */
  displayName: string,
  /**
   * What it is good for, in a sentence.
   */
  description: string,
  /**
   * A field the model is made for; null for a general one.
   */
  modelSpecialty: string | null,
  /**
   * Whether pickers leave it out.
   */
  hidden: boolean,
  /**
   * The efforts it accepts, from little to much.
   */
  supportedReasoningEfforts: Array<ReasoningEffortOption>,
  /**
   * The effort used when none is asked for.
   */
  defaultReasoningEffort: ReasoningEffort,
  /**
   * What a user's message may contain. Default text and image, for entries that do not say.
   */
  inputModalities: Array<InputModality>,
  /**
   * Deprecated: always false, as no model has tones to choose from; nothing takes its place.
   * @deprecated
   */
  supportsPersonality: boolean,
  /**
   * Which tools for several agents it is used with; null when its entry does not say.
   */
  multiAgentVersion: MultiAgentVersion | null,
  /**
   * Deprecated: ids of speed tiers; use `serviceTiers`.
   * @deprecated
   */
  additionalSpeedTiers: Array<string>,
  /**
   * The speed tiers it can be served at. Default none.
   */
  serviceTiers: Array<ModelServiceTier>,
  /**
   * Id of the tier used when none is asked for; null when the catalogue names none.
   */
  defaultServiceTier: string | null,
  /**
   * Programmes the account may ask for with this model; null when the catalogue does not tell.
   */
  availableAccessPrograms: ModelAccessPrograms | null,
  /**
   * Whether new threads use it when nothing else is said.
   */
  isDefault: boolean,
};
