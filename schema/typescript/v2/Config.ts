// Generated from the protocol crate; do not edit.

import type { AnalyticsConfig } from "./AnalyticsConfig";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { AutoCompactTokenLimitScope } from "../AutoCompactTokenLimitScope";
import type { BrowserUseConfig } from "./BrowserUseConfig";
import type { ComputerUseConfig } from "./ComputerUseConfig";
import type { ForcedChatgptWorkspaceIds } from "./ForcedChatgptWorkspaceIds";
import type { ForcedLoginMethod } from "../ForcedLoginMethod";
import type { JsonValue } from "../serde_json/JsonValue";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxMode } from "./SandboxMode";
import type { SandboxWorkspaceWrite } from "./SandboxWorkspaceWrite";
import type { ToolsV2 } from "./ToolsV2";
import type { Verbosity } from "../Verbosity";
import type { WebSearchMode } from "../WebSearchMode";
import type { WebSearchProvider } from "../WebSearchProvider";

/**
 * The effective configuration, all layers merged.
 */
export type Config = {
  /**
   * Slug of the model for new threads.
   */
  model: string | null,
  /**
   * Slug of the model for reviews; null uses the thread's.
   */
  review_model: string | null,
  /**
   * Size of the model's context in tokens, in place of the catalogue's.
   */
  model_context_window: number | null,
  /**
   * Tokens in use at which a thread is compacted by itself; null means 90 % of the context window.
   */
  model_auto_compact_token_limit: number | null,
  /**
   * Which tokens count towards that limit.
   */
  model_auto_compact_token_limit_scope: AutoCompactTokenLimitScope | null,
  /**
   * Id of the provider that serves the model.
   */
  model_provider: string | null,
  /**
   * When the user is asked before something is done.
   */
  approval_policy: AskForApproval | null,
  /**
   * Who answers those questions; null means the user.
   */
  approvals_reviewer: ApprovalsReviewer | null,
  /**
   * What commands may do; null lets the trust in the project decide.
   */
  sandbox_mode: SandboxMode | null,
  /**
   * Details of the `workspace-write` mode.
   */
  sandbox_workspace_write: SandboxWorkspaceWrite | null,
  /**
   * Logins to other ChatGPT workspaces are refused.
   */
  forced_chatgpt_workspace_id: ForcedChatgptWorkspaceIds | null,
  /**
   * Logins of another kind are refused.
   */
  forced_login_method: ForcedLoginMethod | null,
  /**
   * Whether and how the model may search the web; null means `cached`.
   */
  web_search: WebSearchMode | null,
  /**
   * Who carries out searches when the model's catalogue entry does not say. Only ever read, never taken from a file.
   */
  client_search_provider: WebSearchProvider | null,
  /**
   * Settings of single tools.
   */
  tools: ToolsV2 | null,
  /**
   * System instructions of the older kind.
   */
  instructions: string | null,
  /**
   * Developer message put before the server's own in every new thread.
   */
  developer_instructions: string | null,
  /**
   * Prompt for compaction, in place of the server's own.
   */
  compact_prompt: string | null,
  /**
   * Effort asked of the model.
   */
  model_reasoning_effort: ReasoningEffort | null,
  /**
   * How much of the reasoning is summed up.
   */
  model_reasoning_summary: ReasoningSummary | null,
  /**
   * How long answers are.
   */
  model_verbosity: Verbosity | null,
  /**
   * Speed tier of requests, such as `default`, `priority` or `flex`; an open set.
   */
  service_tier: string | null,
  /**
   * Whether usage is reported.
   */
  analytics: AnalyticsConfig | null,
  /**
   * What the agent may do in a browser.
   */
  browser_use: BrowserUseConfig | null,
  /**
   * Which programs the agent may operate.
   */
  computer_use: ComputerUseConfig | null,
  /**
   * Settings of the desktop client, given back as they are and never looked into.
   */
  desktop: { [key in string]?: JsonValue } | null,
} & ({ [key in string]?: JsonValue });
