// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Where a layer comes from.
 */
export type ConfigLayerSource =
  /**
   * Defaults that came with the installed program.
   */
  {
    type: "packagedDefaults",
    /**
     * The file with the defaults.
     */
    file: AbsolutePathBuf,
  }
  /**
   * Preferences managed by the device's administrator (macOS).
   */
  | {
    type: "mdm",
    /**
     * Preference domain.
     */
    domain: string,
    /**
     * Key inside the domain.
     */
    key: string,
  }
  /**
   * The machine's configuration file, the same for all users.
   */
  | {
    type: "system",
    /**
     * Where it is looked for; it need not exist.
     */
    file: AbsolutePathBuf,
  }
  /**
   * A part of the configuration that an organisation delivers from the cloud.
   */
  | {
    type: "enterpriseManaged",
    /**
     * Id of the part; stays the same over deliveries.
     */
    id: string,
    /**
     * Name the administrators gave it; shown in messages, so that users know whom to ask.
     */
    name: string,
  }
  /**
   * The user's own `config.toml`, the only layer that writes go to.
   */
  | {
    type: "user",
    /**
     * Where it is looked for; it need not exist.
     */
    file: AbsolutePathBuf,
    /**
     * The profile file laid over the base file, when this layer is one; else null.
     */
    profile: string | null,
  }
  /**
   * A `.codex` folder between the project's root and the working directory; there may be several.
   */
  | {
    type: "project",
    /**
     * That folder.
     */
    dotCodexFolder: AbsolutePathBuf,
  }
  /**
   * Overrides given on the command line or with the request.
   */
  | {
    type: "sessionFlags",
  }
  /**
   * Managed configuration of the older form, from a file; kept working on a best-effort basis.
   */
  | {
    type: "legacyManagedConfigTomlFromFile",
    /**
     * That file.
     */
    file: AbsolutePathBuf,
  }
  /**
   * Managed configuration of the older form, delivered by device management.
   */
  | {
    type: "legacyManagedConfigTomlFromMdm",
  };
