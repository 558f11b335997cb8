// Generated from the protocol crate; do not edit.

import type { ExperimentalFeatureStage } from "./ExperimentalFeatureStage";

/**
 * A feature flag and its state.
 */
export type ExperimentalFeature = {
  /**
   * Key of the flag below `features` in the configuration, and on the command line.
   */
  name: string,
  /**
   * How finished it is.
   */
  stage: ExperimentalFeatureStage,
  /**
   * Name to show to people; null unless the stage is `beta`.
   */
  displayName: string | null,
  /**
   * What it does, in a sentence or so; null unless the stage is `beta`.
   */
  description: string | null,
  /**
   * Text with which to present it as new; null unless the stage is `beta`.
   */
  announcement: string | null,
  /**
   * Whether it is on in the configuration that the list was made for.
   */
  enabled: boolean,
  /**
   * Whether it is on where nothing is configured.
   */
  defaultEnabled: boolean,
};
