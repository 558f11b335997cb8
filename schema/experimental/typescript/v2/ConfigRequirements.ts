// Generated from the protocol crate; do not edit.

import type { ApplicationRequirements } from "./ApplicationRequirements";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { AutoReviewRequirements } from "./AutoReviewRequirements";
import type { BrowserUseRequirements } from "./BrowserUseRequirements";
import type { CliAuthCredentialsStoreMode } from "./CliAuthCredentialsStoreMode";
import type { ComputerUseRequirements } from "./ComputerUseRequirements";
import type { FeedbackRequirements } from "./FeedbackRequirements";
import type { ForcedLoginMethod } from "../ForcedLoginMethod";
import type { InAppBrowserRequirements } from "./InAppBrowserRequirements";
import type { JsonValue } from "../serde_json/JsonValue";
import type { ManagedHooksRequirements } from "./ManagedHooksRequirements";
import type { ModelsRequirements } from "./ModelsRequirements";
import type { NetworkRequirements } from "./NetworkRequirements";
import type { OtelRequirements } from "./OtelRequirements";
import type { ResidencyRequirement } from "./ResidencyRequirement";
import type { SandboxMode } from "./SandboxMode";
import type { WebSearchMode } from "../WebSearchMode";
import type { WindowsSandboxImplementation } from "./WindowsSandboxImplementation";

/**
 * The requirements. A field that is absent or null demands nothing.
 */
export type ConfigRequirements = {
  /**
   * Id of the model provider that must be used.
   */
  modelProvider: string | null,
  /**
   * Definitions of providers as they must be, by id, complete and spelled as in `config.toml`.
   */
  modelProviders: { [key in string]?: JsonValue } | null,
  /**
   * Ways to log in that remain after all restrictions, those by `forced_login_method` and workspace included; all of
   * them when nothing limits it. Empty: none is allowed. Absent with older servers.
   */
  allowedLoginMethods: Array<ForcedLoginMethod> | null,
  /**
   * Where login tokens must be kept.
   */
  cliAuthCredentialsStore: CliAuthCredentialsStoreMode | null,
  /**
   * Base URL of the ChatGPT backend that must be used.
   */
  chatgptBaseUrl: string | null,
  /**
   * Text that is added to the developer instructions.
   */
  additionalDeveloperInstructions: string | null,
  /**
   * Approval policies that may be used, the preferred one first: it replaces a configured one that is not listed.
   */
  allowedApprovalPolicies: Array<AskForApproval> | null,
  /**
   * Who may answer approvals, the preferred one first.
   */
  allowedApprovalsReviewers: Array<ApprovalsReviewer> | null,
  /**
   * Sandbox modes that may be used, the preferred one first; `read-only` is always among them.
   */
  allowedSandboxModes: Array<SandboxMode> | null,
  /**
   * Kinds of Windows sandbox that may be used.
   */
  allowedWindowsSandboxImplementations: Array<WindowsSandboxImplementation> | null,
  /**
   * Permission profiles by id: true allows, false forbids.
   */
  allowedPermissionProfiles: { [key in string]?: boolean } | null,
  /**
   * Id of the permission profile that is the default; comes with `allowedPermissionProfiles`.
   */
  defaultPermissions: string | null,
  /**
   * Web search modes that may be used; `disabled` is always among them.
   */
  allowedWebSearchModes: Array<WebSearchMode> | null,
  /**
   * Whether only the administrator's hooks run.
   */
  allowManagedHooksOnly: boolean | null,
  /**
   * Whether the agent may use the browser and the computer's screen.
   */
  allowBrowserAndComputerUse: boolean | null,
  /**
   * Whether appshots may be used.
   */
  allowAppshots: boolean | null,
  /**
   * Whether remote control may be used.
   */
  allowRemoteControl: boolean | null,
  /**
   * Limits on operating the computer.
   */
  computerUse: ComputerUseRequirements | null,
  /**
   * Limits on operating the browser.
   */
  browserUse: BrowserUseRequirements | null,
  /**
   * Limits on the browser inside the application.
   */
  inAppBrowser: InAppBrowserRequirements | null,
  /**
   * Features by name and whether they must be on or off; writing the opposite is refused.
   */
  featureRequirements: { [key in string]?: boolean } | null,
  /**
   * The administrator's hooks.
   */
  hooks: ManagedHooksRequirements | null,
  /**
   * Where data must stay.
   */
  enforceResidency: ResidencyRequirement | null,
  /**
   * Limits on the network of sandboxed commands.
   */
  network: NetworkRequirements | null,
  /**
   * What is demanded of the desktop application.
   */
  application: ApplicationRequirements | null,
  /**
   * What is demanded of the automatic review of approvals.
   */
  autoReview: AutoReviewRequirements | null,
  /**
   * Defaults for models.
   */
  models: ModelsRequirements | null,
  /**
   * Folder that the databases must be in.
   */
  sqliteHome: string | null,
  /**
   * Folder that logs must be in, as a `file://` URI.
   */
  logDir: string | null,
  /**
   * File with the model catalogue that must be used.
   */
  modelCatalogJson: string | null,
  /**
   * Whether the CLI must look for updates at its start.
   */
  checkForUpdateOnStartup: boolean | null,
  /**
   * Whether tools may ask for a login shell.
   */
  allowLoginShell: boolean | null,
  /**
   * What is demanded of sending feedback.
   */
  feedback: FeedbackRequirements | null,
  /**
   * What is demanded of telemetry by OpenTelemetry.
   */
  otel: OtelRequirements | null,
};
