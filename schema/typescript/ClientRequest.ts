// Generated from the protocol crate; do not edit.

import type { AppsInstalledParams } from "./v2/AppsInstalledParams";
import type { AppsListParams } from "./v2/AppsListParams";
import type { AppsReadParams } from "./v2/AppsReadParams";
import type { CancelLoginAccountParams } from "./v2/CancelLoginAccountParams";
import type { CommandExecParams } from "./v2/CommandExecParams";
import type { CommandExecResizeParams } from "./v2/CommandExecResizeParams";
import type { CommandExecTerminateParams } from "./v2/CommandExecTerminateParams";
import type { CommandExecWriteParams } from "./v2/CommandExecWriteParams";
import type { ConfigBatchWriteParams } from "./v2/ConfigBatchWriteParams";
import type { ConfigReadParams } from "./v2/ConfigReadParams";
import type { ConfigValueWriteParams } from "./v2/ConfigValueWriteParams";
import type { ConsumeAccountRateLimitResetCreditParams } from "./v2/ConsumeAccountRateLimitResetCreditParams";
import type { ExperimentalFeatureEnablementSetParams } from "./v2/ExperimentalFeatureEnablementSetParams";
import type { ExperimentalFeatureListParams } from "./v2/ExperimentalFeatureListParams";
import type { ExternalAgentConfigDetectParams } from "./v2/ExternalAgentConfigDetectParams";
import type { ExternalAgentConfigImportHistoryRecordParams } from "./v2/ExternalAgentConfigImportHistoryRecordParams";
import type { ExternalAgentConfigImportParams } from "./v2/ExternalAgentConfigImportParams";
import type { FeedbackSaveParams } from "./v2/FeedbackSaveParams";
import type { FeedbackUploadParams } from "./v2/FeedbackUploadParams";
import type { FsCopyParams } from "./v2/FsCopyParams";
import type { FsCreateDirectoryParams } from "./v2/FsCreateDirectoryParams";
import type { FsGetMetadataParams } from "./v2/FsGetMetadataParams";
import type { FsReadDirectoryParams } from "./v2/FsReadDirectoryParams";
import type { FsReadFileParams } from "./v2/FsReadFileParams";
import type { FsRemoveParams } from "./v2/FsRemoveParams";
import type { FsUnwatchParams } from "./v2/FsUnwatchParams";
import type { FsWatchParams } from "./v2/FsWatchParams";
import type { FsWriteFileParams } from "./v2/FsWriteFileParams";
import type { FuzzyFileSearchParams } from "./FuzzyFileSearchParams";
import type { GatewayOAuthLoginParams } from "./v2/GatewayOAuthLoginParams";
import type { GatewayOAuthReadParams } from "./v2/GatewayOAuthReadParams";
import type { GetAccountParams } from "./v2/GetAccountParams";
import type { GetAccountRateLimitsParams } from "./v2/GetAccountRateLimitsParams";
import type { GetAccountTokenUsageParams } from "./v2/GetAccountTokenUsageParams";
import type { HooksListParams } from "./v2/HooksListParams";
import type { InitializeParams } from "./InitializeParams";
import type { ListMcpServerStatusParams } from "./v2/ListMcpServerStatusParams";
import type { LoginAccountParams } from "./v2/LoginAccountParams";
import type { MarketplaceAddParams } from "./v2/MarketplaceAddParams";
import type { MarketplaceRemoveParams } from "./v2/MarketplaceRemoveParams";
import type { MarketplaceUpgradeParams } from "./v2/MarketplaceUpgradeParams";
import type { McpResourceReadParams } from "./v2/McpResourceReadParams";
import type { McpServerOauthLoginParams } from "./v2/McpServerOauthLoginParams";
import type { McpServerToolCallParams } from "./v2/McpServerToolCallParams";
import type { ModelListParams } from "./v2/ModelListParams";
import type { ModelProviderCapabilitiesReadParams } from "./v2/ModelProviderCapabilitiesReadParams";
import type { ModelProviderConfigWriteParams } from "./v2/ModelProviderConfigWriteParams";
import type { ModelProviderListParams } from "./v2/ModelProviderListParams";
import type { PermissionProfileListParams } from "./v2/PermissionProfileListParams";
import type { PluginInstallParams } from "./v2/PluginInstallParams";
import type { PluginInstalledParams } from "./v2/PluginInstalledParams";
import type { PluginListParams } from "./v2/PluginListParams";
import type { PluginReadParams } from "./v2/PluginReadParams";
import type { PluginReconcileParams } from "./v2/PluginReconcileParams";
import type { PluginShareCheckoutParams } from "./v2/PluginShareCheckoutParams";
import type { PluginShareDeleteParams } from "./v2/PluginShareDeleteParams";
import type { PluginShareListParams } from "./v2/PluginShareListParams";
import type { PluginShareSaveParams } from "./v2/PluginShareSaveParams";
import type { PluginShareUpdateTargetsParams } from "./v2/PluginShareUpdateTargetsParams";
import type { PluginSkillReadParams } from "./v2/PluginSkillReadParams";
import type { PluginUninstallParams } from "./v2/PluginUninstallParams";
import type { RequestId } from "./RequestId";
import type { ReviewStartParams } from "./v2/ReviewStartParams";
import type { SendAddCreditsNudgeEmailParams } from "./v2/SendAddCreditsNudgeEmailParams";
import type { SkillsConfigWriteParams } from "./v2/SkillsConfigWriteParams";
import type { SkillsExtraRootsSetParams } from "./v2/SkillsExtraRootsSetParams";
import type { SkillsListParams } from "./v2/SkillsListParams";
import type { ThreadApproveGuardianDeniedActionParams } from "./v2/ThreadApproveGuardianDeniedActionParams";
import type { ThreadArchiveParams } from "./v2/ThreadArchiveParams";
import type { ThreadAttachmentAddParams } from "./v2/ThreadAttachmentAddParams";
import type { ThreadAttachmentListParams } from "./v2/ThreadAttachmentListParams";
import type { ThreadAttachmentOwnerListParams } from "./v2/ThreadAttachmentOwnerListParams";
import type { ThreadAttachmentRemoveParams } from "./v2/ThreadAttachmentRemoveParams";
import type { ThreadCompactStartParams } from "./v2/ThreadCompactStartParams";
import type { ThreadDeleteParams } from "./v2/ThreadDeleteParams";
import type { ThreadForkParams } from "./v2/ThreadForkParams";
import type { ThreadGoalClearParams } from "./v2/ThreadGoalClearParams";
import type { ThreadGoalGetParams } from "./v2/ThreadGoalGetParams";
import type { ThreadGoalSetParams } from "./v2/ThreadGoalSetParams";
import type { ThreadInjectItemsParams } from "./v2/ThreadInjectItemsParams";
import type { ThreadItemsListParams } from "./v2/ThreadItemsListParams";
import type { ThreadListParams } from "./v2/ThreadListParams";
import type { ThreadLoadedListParams } from "./v2/ThreadLoadedListParams";
import type { ThreadMetadataUpdateParams } from "./v2/ThreadMetadataUpdateParams";
import type { ThreadReadParams } from "./v2/ThreadReadParams";
import type { ThreadResumeParams } from "./v2/ThreadResumeParams";
import type { ThreadRevertParams } from "./v2/ThreadRevertParams";
import type { ThreadSectionCreateParams } from "./v2/ThreadSectionCreateParams";
import type { ThreadSectionDeleteParams } from "./v2/ThreadSectionDeleteParams";
import type { ThreadSectionListParams } from "./v2/ThreadSectionListParams";
import type { ThreadSectionMoveParams } from "./v2/ThreadSectionMoveParams";
import type { ThreadSectionUpdateParams } from "./v2/ThreadSectionUpdateParams";
import type { ThreadSetNameParams } from "./v2/ThreadSetNameParams";
import type { ThreadShellCommandParams } from "./v2/ThreadShellCommandParams";
import type { ThreadStartParams } from "./v2/ThreadStartParams";
import type { ThreadTurnsListParams } from "./v2/ThreadTurnsListParams";
import type { ThreadUnarchiveParams } from "./v2/ThreadUnarchiveParams";
import type { ThreadUnsubscribeParams } from "./v2/ThreadUnsubscribeParams";
import type { TurnInterruptParams } from "./v2/TurnInterruptParams";
import type { TurnStartParams } from "./v2/TurnStartParams";
import type { TurnSteerParams } from "./v2/TurnSteerParams";
import type { WindowsSandboxSetupStartParams } from "./v2/WindowsSandboxSetupStartParams";

/**
 * A request of a client.
 */
export type ClientRequest =
  /**
   * Opens the connection: who the client is and what it wants. Nothing else is answered before it.
   */
  {
    method: "initialize",
    id: RequestId,
    params: InitializeParams,
  }
  /**
   * Starts a thread and subscribes the caller to it.
   */
  | {
    method: "thread/start",
    id: RequestId,
    params: ThreadStartParams,
  }
  /**
   * Subscribes the caller to a thread and answers with its history, loading it from disk where needed.
   */
  | {
    method: "thread/resume",
    id: RequestId,
    params: ThreadResumeParams,
  }
  /**
   * Makes a new thread out of the history of another one and subscribes the caller to it; `thread/started`
   * follows. The source need not be loaded.
   */
  | {
    method: "thread/fork",
    id: RequestId,
    params: ThreadForkParams,
  }
  /**
   * Archives a thread: lists leave it out and it cannot be resumed until it is unarchived. A running turn is
   * interrupted first, and a loaded thread is unloaded; refused while another process writes to the thread.
   */
  | {
    method: "thread/archive",
    id: RequestId,
    params: ThreadArchiveParams,
  }
  /**
   * Deletes a thread for good; a loaded one is unloaded. Refused while the history of a fork still refers to it,
   * or while threads are attached to it.
   */
  | {
    method: "thread/delete",
    id: RequestId,
    params: ThreadDeleteParams,
  }
  /**
   * Ends the subscription of the caller to a thread; the thread stays loaded for a while.
   */
  | {
    method: "thread/unsubscribe",
    id: RequestId,
    params: ThreadUnsubscribeParams,
  }
  /**
   * Names a thread.
   */
  | {
    method: "thread/name/set",
    id: RequestId,
    params: ThreadSetNameParams,
  }
  /**
   * Sets the goal of a thread, or changes the objective, status or budget of the one it has;
   * `thread/goal/updated` tells of it.
   */
  | {
    method: "thread/goal/set",
    id: RequestId,
    params: ThreadGoalSetParams,
  }
  /**
   * Reads the goal of a thread.
   */
  | {
    method: "thread/goal/get",
    id: RequestId,
    params: ThreadGoalGetParams,
  }
  /**
   * Takes the goal away from a thread; `thread/goal/cleared` tells of it.
   */
  | {
    method: "thread/goal/clear",
    id: RequestId,
    params: ThreadGoalClearParams,
  }
  /**
   * Changes what is stored about a thread beside its history: Git facts, project, Daybreak choice. At least one
   * of them must be given.
   */
  | {
    method: "thread/metadata/update",
    id: RequestId,
    params: ThreadMetadataUpdateParams,
  }
  /**
   * Stores an attachment with a thread, or finds the one that already has this type and key.
   */
  | {
    method: "thread/attachment/add",
    id: RequestId,
    params: ThreadAttachmentAddParams,
  }
  /**
   * Lists the attachments of one thread, page by page.
   */
  | {
    method: "thread/attachment/list",
    id: RequestId,
    params: ThreadAttachmentListParams,
  }
  /**
   * Lists the threads that have an attachment of this type and key, page by page.
   */
  | {
    method: "thread/attachmentOwner/list",
    id: RequestId,
    params: ThreadAttachmentOwnerListParams,
  }
  /**
   * Deletes the attachment with this type and key from a thread.
   */
  | {
    method: "thread/attachment/remove",
    id: RequestId,
    params: ThreadAttachmentRemoveParams,
  }
  /**
   * Puts a thread into a section, at another place in its section, or out of it; `thread/section/changed` tells
   * all connections.
   */
  | {
    method: "thread/section/move",
    id: RequestId,
    params: ThreadSectionMoveParams,
  }
  /**
   * Brings an archived thread back under the same id; it is not loaded by that.
   */
  | {
    method: "thread/unarchive",
    id: RequestId,
    params: ThreadUnarchiveParams,
  }
  /**
   * Shortens the history that the model sees, as a turn of its own.
   */
  | {
    method: "thread/compact/start",
    id: RequestId,
    params: ThreadCompactStartParams,
  }
  /**
   * Runs a shell command of the user in a thread, outside the sandbox. Answers at once; the command runs as a
   * turn of its own, with an item of source `userShell`, and the model sees command and output later.
   */
  | {
    method: "thread/shellCommand",
    id: RequestId,
    params: ThreadShellCommandParams,
  }
  /**
   * Approves an action that the automatic reviewer denied in a thread.
   */
  | {
    method: "thread/approveGuardianDeniedAction",
    id: RequestId,
    params: ThreadApproveGuardianDeniedActionParams,
  }
  /**
   * Cuts the stored history of a thread off before a turn; `thread/reverted` follows. Only for threads with
   * paginated history; files that turns have changed stay as they are.
   */
  | {
    method: "thread/revert",
    id: RequestId,
    params: ThreadRevertParams,
  }
  /**
   * Lists stored threads, newest first, page by page.
   */
  | {
    method: "thread/list",
    id: RequestId,
    params: ThreadListParams,
  }
  /**
   * Lists the sections, page by page; a fresh home has one, named `Pinned`.
   */
  | {
    method: "threadSection/list",
    id: RequestId,
    params: ThreadSectionListParams,
  }
  /**
   * Creates a section and answers with it.
   */
  | {
    method: "threadSection/create",
    id: RequestId,
    params: ThreadSectionCreateParams,
  }
  /**
   * Renames a section and, when asked to, changes how it is drawn; its id stays.
   */
  | {
    method: "threadSection/update",
    id: RequestId,
    params: ThreadSectionUpdateParams,
  }
  /**
   * Deletes a section.
   */
  | {
    method: "threadSection/delete",
    id: RequestId,
    params: ThreadSectionDeleteParams,
  }
  /**
   * Lists the ids of the threads that are in memory.
   */
  | {
    method: "thread/loaded/list",
    id: RequestId,
    params: ThreadLoadedListParams,
  }
  /**
   * Reads one thread without subscribing to it, with its turns when asked for.
   */
  | {
    method: "thread/read",
    id: RequestId,
    params: ThreadReadParams,
  }
  /**
   * Lists the turns of a thread, newest first unless asked otherwise, page by page.
   */
  | {
    method: "thread/turns/list",
    id: RequestId,
    params: ThreadTurnsListParams,
  }
  /**
   * Lists the items of a thread or of one of its turns, oldest first unless asked otherwise, page by page.
   */
  | {
    method: "thread/items/list",
    id: RequestId,
    params: ThreadItemsListParams,
  }
  /**
   * Adds items to what the model sees of a thread, without starting a turn.
   */
  | {
    method: "thread/inject_items",
    id: RequestId,
    params: ThreadInjectItemsParams,
  }
  /**
   * Lists the skills that apply in each of the given working directories, together with the files that could not
   * be read.
   */
  | {
    method: "skills/list",
    id: RequestId,
    params: SkillsListParams,
  }
  /**
   * Replaces the extra folders in which skills of the user are looked for. They hold for the whole server until
   * it ends; nothing is stored.
   */
  | {
    method: "skills/extraRoots/set",
    id: RequestId,
    params: SkillsExtraRootsSetParams,
  }
  /**
   * Lists the configured hooks of some working directories or of a loaded thread, with their trust, and what was
   * wrong with their configuration.
   */
  | {
    method: "hooks/list",
    id: RequestId,
    params: HooksListParams,
  }
  /**
   * Adds a marketplace from a local folder or a git repository and writes it to `config.toml`. An empty or
   * unknown form of source is refused with -32600, a clone that fails with -32603.
   */
  | {
    method: "marketplace/add",
    id: RequestId,
    params: MarketplaceAddParams,
  }
  /**
   * Removes a marketplace from `config.toml`, together with its clone if there is one. An unknown name is
   * refused.
   */
  | {
    method: "marketplace/remove",
    id: RequestId,
    params: MarketplaceRemoveParams,
  }
  /**
   * Fetches marketplaces that come from git again, one or all; failures of single ones are part of the result.
   */
  | {
    method: "marketplace/upgrade",
    id: RequestId,
    params: MarketplaceUpgradeParams,
  }
  /**
   * Lists the plugins that marketplaces offer, marketplace by marketplace. A broken marketplace file becomes an
   * entry in `marketplaceLoadErrors`; a backend that fails leaves its part empty, without an error.
   */
  | {
    method: "plugin/list",
    id: RequestId,
    params: PluginListParams,
  }
  /**
   * Lists the installed plugins, marketplace by marketplace, and on request some others that could be installed.
   */
  | {
    method: "plugin/installed",
    id: RequestId,
    params: PluginInstalledParams,
  }
  /**
   * Brings installed plugins in line with the remote catalogue and answers with what changed. Without a ChatGPT
   * login nothing happens and all lists are empty; a failing backend gives -32603.
   */
  | {
    method: "plugin/reconcile",
    id: RequestId,
    params: PluginReconcileParams,
  }
  /**
   * Reads one plugin with all it brings. Needs exactly one of `marketplacePath` and `remoteMarketplaceName`;
   * that, a marketplace file that is missing and a plugin that is not in it are refused with -32600.
   */
  | {
    method: "plugin/read",
    id: RequestId,
    params: PluginReadParams,
  }
  /**
   * Reads the text of one skill of a plugin in the remote catalogue. Refused with -32600 without a ChatGPT
   * login.
   */
  | {
    method: "plugin/skill/read",
    id: RequestId,
    params: PluginSkillReadParams,
  }
  /**
   * Uploads a local plugin to the catalogue, as a new share or as an update of an existing one, and answers with
   * its link.
   */
  | {
    method: "plugin/share/save",
    id: RequestId,
    params: PluginShareSaveParams,
  }
  /**
   * Sets with whom a shared plugin is shared and how it can be found.
   */
  | {
    method: "plugin/share/updateTargets",
    id: RequestId,
    params: PluginShareUpdateTargetsParams,
  }
  /**
   * Lists shared plugins, each with its local folder where there is one.
   */
  | {
    method: "plugin/share/list",
    id: RequestId,
    params: PluginShareListParams,
  }
  /**
   * Fetches a shared plugin into a local folder and adds it to a local marketplace.
   */
  | {
    method: "plugin/share/checkout",
    id: RequestId,
    params: PluginShareCheckoutParams,
  }
  /**
   * Deletes a shared plugin from the catalogue.
   */
  | {
    method: "plugin/share/delete",
    id: RequestId,
    params: PluginShareDeleteParams,
  }
  /**
   * Reads what is known about certain apps, and names the ids that are not known. Without apps all ids are
   * missing.
   */
  | {
    method: "app/read",
    id: RequestId,
    params: AppsReadParams,
  }
  /**
   * Lists the apps that the user can use or connect, page by page. Empty without a ChatGPT login or with the
   * feature `apps` off; fails with -32603 when the apps cannot be fetched.
   */
  | {
    method: "app/list",
    id: RequestId,
    params: AppsListParams,
  }
  /**
   * Lists the installed apps and whether each can be called now, as last published by the server.
   */
  | {
    method: "app/installed",
    id: RequestId,
    params: AppsInstalledParams,
  }
  /**
   * Reads a whole file of at most 536870912 bytes; directories and larger files are refused.
   */
  | {
    method: "fs/readFile",
    id: RequestId,
    params: FsReadFileParams,
  }
  /**
   * Writes a whole file, replacing what it held or creating it; its directory must exist.
   */
  | {
    method: "fs/writeFile",
    id: RequestId,
    params: FsWriteFileParams,
  }
  /**
   * Creates a directory, with its missing parents unless told otherwise.
   */
  | {
    method: "fs/createDirectory",
    id: RequestId,
    params: FsCreateDirectoryParams,
  }
  /**
   * Tells what kind of thing a path is and its times. Symbolic links are followed; one that leads nowhere is an
   * error.
   */
  | {
    method: "fs/getMetadata",
    id: RequestId,
    params: FsGetMetadataParams,
  }
  /**
   * Lists the names directly inside a directory, in no particular order. Symbolic links are followed; those that
   * lead nowhere are left out.
   */
  | {
    method: "fs/readDirectory",
    id: RequestId,
    params: FsReadDirectoryParams,
  }
  /**
   * Removes a file or a directory, by default with everything in it and without complaint when it is missing.
   */
  | {
    method: "fs/remove",
    id: RequestId,
    params: FsRemoveParams,
  }
  /**
   * Copies a file or, with `recursive`, a directory; symbolic links are copied as links. Refused for other kinds
   * of file, and for a directory into itself.
   */
  | {
    method: "fs/copy",
    id: RequestId,
    params: FsCopyParams,
  }
  /**
   * Starts to report changes of a file, or of what lies directly in a directory, as `fs/changed`. The watch ends
   * with `fs/unwatch` or with the connection.
   */
  | {
    method: "fs/watch",
    id: RequestId,
    params: FsWatchParams,
  }
  /**
   * Ends a watch of this connection; one that is unknown or already ended does no harm.
   */
  | {
    method: "fs/unwatch",
    id: RequestId,
    params: FsUnwatchParams,
  }
  /**
   * Turns one skill on or off in `config.toml`, chosen by either its path or its name. Both or neither is
   * refused with -32602.
   */
  | {
    method: "skills/config/write",
    id: RequestId,
    params: SkillsConfigWriteParams,
  }
  /**
   * Copies a plugin from a marketplace into the cache and switches it on in the user's configuration. Refused
   * when the marketplace does not allow it, or when the plugin has no manifest.
   */
  | {
    method: "plugin/install",
    id: RequestId,
    params: PluginInstallParams,
  }
  /**
   * Removes a plugin from the cache and from the user's configuration; succeeds also when it is not installed.
   * For a remote id a ChatGPT login is needed.
   */
  | {
    method: "plugin/uninstall",
    id: RequestId,
    params: PluginUninstallParams,
  }
  /**
   * Starts a turn with the input of the user, or joins the one that runs.
   */
  | {
    method: "turn/start",
    id: RequestId,
    params: TurnStartParams,
  }
  /**
   * Adds input to the running turn.
   */
  | {
    method: "turn/steer",
    id: RequestId,
    params: TurnSteerParams,
  }
  /**
   * Ends the running turn as interrupted.
   */
  | {
    method: "turn/interrupt",
    id: RequestId,
    params: TurnInterruptParams,
  }
  /**
   * Starts a review as a turn of a thread and answers at once with that turn. `turn/started` then carries
   * another turn id, which is the one to interrupt; its `rootTurnId` is the id answered here.
   */
  | {
    method: "review/start",
    id: RequestId,
    params: ReviewStartParams,
  }
  /**
   * Lists the models that clients can offer.
   */
  | {
    method: "model/list",
    id: RequestId,
    params: ModelListParams,
  }
  /**
   * Tells whether a provider signs in by gateway OAuth and whether credentials are at hand; starts no login. A
   * provider without gateway OAuth is answered with `required` false.
   */
  | {
    method: "account/gatewayOAuth/read",
    id: RequestId,
    params?: GatewayOAuthReadParams | null,
  }
  /**
   * Starts a gateway login for a configured provider; the default provider and those of threads stay as they
   * are. A provider without gateway OAuth is refused with -32600.
   */
  | {
    method: "account/gatewayOAuth/login",
    id: RequestId,
    params?: GatewayOAuthLoginParams | null,
  }
  /**
   * Stops the gateway login under way; when none is, the answer is the same.
   */
  | {
    method: "account/gatewayOAuth/cancel",
    id: RequestId,
    params?: null,
  }
  /**
   * Lists the model providers, built in and configured, and names the default one.
   */
  | {
    method: "modelProvider/list",
    id: RequestId,
    params: ModelProviderListParams,
  }
  /**
   * Writes settings of one provider to the user's configuration and answers with the provider as it is then; a
   * custom gateway can also be created so.
   */
  | {
    method: "modelProvider/config/write",
    id: RequestId,
    params: ModelProviderConfigWriteParams,
  }
  /**
   * Tells whether the configured model provider can generate images and search the web.
   */
  | {
    method: "modelProvider/capabilities/read",
    id: RequestId,
    params: ModelProviderCapabilitiesReadParams,
  }
  /**
   * Lists all feature flags with their stage and whether they are on, page by page.
   */
  | {
    method: "experimentalFeature/list",
    id: RequestId,
    params: ExperimentalFeatureListParams,
  }
  /**
   * Lists the permission profiles, built in and configured, page by page, each with whether it may be chosen.
   */
  | {
    method: "permissionProfile/list",
    id: RequestId,
    params: PermissionProfileListParams,
  }
  /**
   * Switches features on or off for the whole server process until it ends; nothing is written to the
   * configuration. Names that cannot be switched this way are passed over.
   */
  | {
    method: "experimentalFeature/enablement/set",
    id: RequestId,
    params: ExperimentalFeatureEnablementSetParams,
  }
  /**
   * Starts an OAuth login at an MCP server and answers with the URL to open; `mcpServer/oauthLogin/completed`
   * tells how it ended. A server that is not configured or not reached over HTTP is refused with -32600.
   */
  | {
    method: "mcpServer/oauth/login",
    id: RequestId,
    params: McpServerOauthLoginParams,
  }
  /**
   * Makes loaded threads read the MCP configuration anew; servers that changed or failed are restarted at once,
   * ready and unchanged ones are kept. Takes no params.
   */
  | {
    method: "config/mcpServer/reload",
    id: RequestId,
    params?: null,
  }
  /**
   * Lists the configured MCP servers by name, with tools, resources and login state, page by page. Servers are
   * started for it where needed; disabled ones are listed empty.
   */
  | {
    method: "mcpServerStatus/list",
    id: RequestId,
    params: ListMcpServerStatusParams,
  }
  /**
   * Reads one resource of an MCP server, with or without a thread. When the MCP server answers with an error,
   * its code is passed on to the client.
   */
  | {
    method: "mcpServer/resource/read",
    id: RequestId,
    params: McpResourceReadParams,
  }
  /**
   * Calls a tool of one of a thread's MCP servers and answers with its raw result; calls on one thread run in
   * order. A server that is not known and a call that takes too long fail with -32603.
   */
  | {
    method: "mcpServer/tool/call",
    id: RequestId,
    params: McpServerToolCallParams,
  }
  /**
   * Starts the setup of the Windows sandbox and answers at once; `windowsSandbox/setupCompleted` tells how it
   * went. One setup runs at a time.
   */
  | {
    method: "windowsSandbox/setupStart",
    id: RequestId,
    params: WindowsSandboxSetupStartParams,
  }
  /**
   * Tells whether the Windows sandbox is ready for use; `notConfigured` on other systems.
   */
  | {
    method: "windowsSandbox/readiness",
    id: RequestId,
    params?: null,
  }
  /**
   * Starts a login and cancels one still under way. Logins in a browser or by device code are answered at once
   * and end later with `account/login/completed`; while the client supplies the tokens, every other kind is
   * refused with -32600.
   */
  | {
    method: "account/login/start",
    id: RequestId,
    params: LoginAccountParams,
  }
  /**
   * Cancels a login under way; it still ends with `account/login/completed`, without success. An id that is no
   * UUID is refused with -32600.
   */
  | {
    method: "account/login/cancel",
    id: RequestId,
    params: CancelLoginAccountParams,
  }
  /**
   * Forgets the login: revokes its tokens where they are the server's own (best effort, at most 10 seconds),
   * deletes what is stored, and sends `account/updated` in every case.
   */
  | {
    method: "account/logout",
    id: RequestId,
    params?: null,
  }
  /**
   * Reads the reminder about the account's security, if there is one; changes nothing about the account. Signed
   * out, the notice is null.
   */
  | {
    method: "account/securitySetup/read",
    id: RequestId,
    params?: null,
  }
  /**
   * Reads the account's limits from the backend, and the credits for resetting them as far as they can be had.
   * Without a ChatGPT login it is refused with -32600; an HTTP failure gives -32603.
   */
  | {
    method: "account/rateLimits/read",
    id: RequestId,
    params?: GetAccountRateLimitsParams | null,
  }
  /**
   * Spends one earned credit to reset the account's windows early. Repeating it with the same key does not spend
   * a second one.
   */
  | {
    method: "account/rateLimitResetCredit/consume",
    id: RequestId,
    params: ConsumeAccountRateLimitResetCreditParams,
  }
  /**
   * Reads token usage of the account over time, or the estimated usage of one thread; the backend has 10 seconds
   * to answer. Without a ChatGPT login it is refused with -32600.
   */
  | {
    method: "account/usage/read",
    id: RequestId,
    params?: GetAccountTokenUsageParams | null,
  }
  /**
   * Reads the messages of the ChatGPT workspace that are current; the backend has 1 second to answer. Without a
   * ChatGPT login it is refused with -32600.
   */
  | {
    method: "account/workspaceMessages/read",
    id: RequestId,
    params?: null,
  }
  /**
   * Has the backend mail the owner of the workspace that more credits or a higher limit are wanted. Without a
   * ChatGPT login it is refused with -32600.
   */
  | {
    method: "account/sendAddCreditsNudgeEmail",
    id: RequestId,
    params: SendAddCreditsNudgeEmailParams,
  }
  /**
   * Sends a report to the makers of the product. Refused for a bad thread id and when the configuration disables
   * feedback; an internal error when the report cannot be delivered.
   */
  | {
    method: "feedback/upload",
    id: RequestId,
    params: FeedbackUploadParams,
  }
  /**
   * Writes a report to a ZIP file on the server's machine in place of sending it. Refused when the path is not
   * absolute.
   */
  | {
    method: "feedback/save",
    id: RequestId,
    params: FeedbackSaveParams,
  }
  /**
   * Runs a command in the sandbox and answers once it has exited, after all of its output deltas. A timeout is
   * no error: the exit code is then 124. Fields that exclude each other are refused, and so is a second command
   * with a `processId` in use.
   */
  | {
    method: "command/exec",
    id: RequestId,
    params: CommandExecParams,
  }
  /**
   * Writes to the standard input of a running command, closes it, or both. Refused when the command has ended or
   * was started without `streamStdin`.
   */
  | {
    method: "command/exec/write",
    id: RequestId,
    params: CommandExecWriteParams,
  }
  /**
   * Kills a running command; `command/exec` then answers, with exit code 137, or 1 on a terminal. Refused when
   * the command has ended or is unknown.
   */
  | {
    method: "command/exec/terminate",
    id: RequestId,
    params: CommandExecTerminateParams,
  }
  /**
   * Changes the size of a running command's terminal. Refused without a terminal, or when the command has ended.
   */
  | {
    method: "command/exec/resize",
    id: RequestId,
    params: CommandExecResizeParams,
  }
  /**
   * Reads the effective configuration, where each value comes from, and the layers.
   */
  | {
    method: "config/read",
    id: RequestId,
    params: ConfigReadParams,
  }
  /**
   * Looks for things of another agent that can be imported. Looks nowhere unless `includeHome` or `cwds` says
   * so, and offers only what would change something here.
   */
  | {
    method: "externalAgentConfig/detect",
    id: RequestId,
    params: ExternalAgentConfigDetectParams,
  }
  /**
   * Starts importing the given items and answers at once with the id of the import; values that exist here
   * already are never overwritten. Plugins and sessions may take longer than the rest.
   */
  | {
    method: "externalAgentConfig/import",
    id: RequestId,
    params: ExternalAgentConfigImportParams,
  }
  /**
   * Adds an import that was done outside the server to the history, and gives it an id.
   */
  | {
    method: "externalAgentConfig/import/recordHistory",
    id: RequestId,
    params: ExternalAgentConfigImportHistoryRecordParams,
  }
  /**
   * Reads the finished imports, and the connectors that they brought up.
   */
  | {
    method: "externalAgentConfig/import/readHistories",
    id: RequestId,
    params?: null,
  }
  /**
   * Writes or removes one value in the user's configuration file. Refused with a `config_write_error_code` in
   * the error data: `configLayerReadonly`, `configVersionConflict`, `configRequirementReadonly` or
   * `configValidationError`.
   */
  | {
    method: "config/value/write",
    id: RequestId,
    params: ConfigValueWriteParams,
  }
  /**
   * Writes several values in the user's configuration file, all or none, and hands them to loaded threads on
   * request. Refused for the same reasons as `config/value/write`.
   */
  | {
    method: "config/batchWrite",
    id: RequestId,
    params: ConfigBatchWriteParams,
  }
  /**
   * Reads the requirements in force, merged from all their sources. Fails when a source cannot be read or
   * parsed.
   */
  | {
    method: "configRequirements/read",
    id: RequestId,
    params?: null,
  }
  /**
   * Tells who is signed in and whether the provider needs it.
   */
  | {
    method: "account/read",
    id: RequestId,
    params: GetAccountParams,
  }
  /**
   * Finds files and directories whose paths loosely match a text, at most 50 of them. What git ignores is left
   * out, hidden files are kept. A newer call with the same token cancels the older one.
   */
  | {
    method: "fuzzyFileSearch",
    id: RequestId,
    params: FuzzyFileSearchParams,
  };
