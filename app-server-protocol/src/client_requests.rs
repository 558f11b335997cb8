//! Every request that a client may send.

use crate::declare::{
    handlers, is_planned, is_turn, messages, planned_handler, requests, schemas_of, scope_of, since_of,
};
use crate::{NoParams, ext, fuzzy_file_search, v1, v2};

requests! {
    /// A request of a client, decoded.
    pub enum ClientRequest(ClientRequest), markers in methods, handled by HandleClientRequests {
        /// Opens the connection: who the client is and what it wants. Nothing else is answered before it.
        Stable "initialize" => Initialize(v1::InitializeParams) -> v1::InitializeResponse,
            causes ["account/updated", "remoteControl/status/changed", "configWarning"],
            fails [AlreadyInitialized];
        /// Reads the memory use of the server process and a few counters of its load. Experimental.
        Experimental "server/diagnostics" => ServerDiagnostics(v2::ServerDiagnosticsParams) -> v2::ServerDiagnosticsResponse;
        /// Tells whether a local credential is ready. Shows nothing to the user and asks no backend.
        Experimental "userVerification/status" => UserVerificationStatus planned (v2::UserVerificationStatusParams) -> v2::UserVerificationStatusResponse,
            in global_read("userVerification");
        /// Creates the local credential, or takes the one that exists, and answers its public part. Registering that
        /// with a backend is up to the caller. Without a keystore it fails with -32603.
        Experimental "userVerification/enroll" => UserVerificationEnroll planned (v2::UserVerificationEnrollParams) -> v2::UserVerificationEnrollResponse,
            in global("userVerification");
        /// Deletes the local credential. Without a keystore it fails with -32603.
        Experimental "userVerification/delete" => UserVerificationDelete planned (v2::UserVerificationDeleteParams) -> v2::UserVerificationDeleteResponse,
            in global("userVerification");
        /// Has the user confirm and signs a challenge with the local credential; needs no open elicitation. Without a
        /// keystore it fails with -32603.
        Experimental "userVerification/verify" => UserVerificationVerify planned (v2::UserVerificationVerifyParams) -> v2::UserVerificationVerifyResponse,
            in global_read("userVerification");
        /// Cancels an earlier request of this group on the same connection. What is finished stays done, and an id that
        /// names nothing open changes nothing.
        Experimental "userVerification/cancel" => UserVerificationCancel planned (v2::UserVerificationCancelParams) -> v2::UserVerificationCancelResponse;
        /// Starts a thread and subscribes the caller to it.
        Stable "thread/start" => ThreadStart(v2::ThreadStartParams) -> v2::ThreadStartResponse,
            causes [
                "thread/started", "thread/environment/connected", "thread/environment/disconnected",
                "mcpServer/startupStatus/updated", "warning", "deprecationNotice", "configWarning",
            ],
            fails [InvalidParams, ConfigInvalid, NotFound, McpServerFailed];
        /// Subscribes the caller to a thread and answers with its history, loading it from disk where needed.
        Stable "thread/resume" => ThreadResume(v2::ThreadResumeParams) -> v2::ThreadResumeResponse, in thread(thread_id),
            causes [
                "thread/status/changed", "thread/goal/updated", "thread/goal/cleared",
                "thread/environment/connected", "thread/environment/disconnected", "thread/tokenUsage/updated",
                "mcpServer/startupStatus/updated", "warning", "deprecationNotice", "configWarning",
                "item/commandExecution/requestApproval", "item/fileChange/requestApproval",
                "item/tool/requestUserInput", "mcpServer/elicitation/request", "item/permissions/requestApproval",
                "item/tool/call",
            ],
            fails [InvalidParams, InvalidThreadId, RolloutNotFound, ThreadLocked, ConfigInvalid, ThreadArchived, McpServerFailed];
        /// Makes a new thread out of the history of another one and subscribes the caller to it; `thread/started`
        /// follows. The source need not be loaded.
        Stable "thread/fork" => ThreadFork(v2::ThreadForkParams) -> v2::ThreadForkResponse,
            in thread_read(thread_id),
            partly "attachToSource and experimentalPredictionMode are refused",
            causes [
                "thread/started", "thread/environment/connected", "thread/environment/disconnected",
                "mcpServer/startupStatus/updated", "warning", "deprecationNotice", "configWarning",
            ],
            fails [InvalidParams, InvalidThreadId, ThreadNotFound, RolloutNotFound, ConfigInvalid, EphemeralThread, HistoryNotPaginated, TurnNotFound, McpServerFailed];
        /// Sends a prompt to the model with the context of a loaded thread, and answers with what came back.
        /// `thread/sample/cancel` stops it.
        Experimental "thread/sample" => ThreadSample planned (v2::ThreadSampleParams) -> v2::ThreadSampleResponse,
            in thread_read(thread_id),
            causes ["account/chatgptAuthTokens/refresh", "attestation/generate"],
            fails [InvalidThreadId, ThreadNotFound, TurnMismatch, ServiceUnavailable];
        /// Cancels a running `thread/sample`.
        Experimental "thread/sample/cancel" => ThreadSampleCancel planned (v2::ThreadSampleCancelParams) -> v2::ThreadSampleCancelResponse;
        /// Archives a thread: lists leave it out and it cannot be resumed until it is unarchived. A running turn is
        /// interrupted first, and a loaded thread is unloaded; refused while another process writes to the thread.
        Stable "thread/archive" => ThreadArchive(v2::ThreadArchiveParams) -> v2::ThreadArchiveResponse,
            in thread(thread_id),
            causes ["thread/status/changed", "thread/archived", "turn/completed", "serverRequest/resolved"],
            fails [InvalidThreadId, RolloutNotFound, ThreadLocked];
        /// Deletes a thread for good; a loaded one is unloaded. Refused while the history of a fork still refers to it,
        /// or while threads are attached to it.
        Stable "thread/delete" => ThreadDelete(v2::ThreadDeleteParams) -> v2::ThreadDeleteResponse,
            in thread(thread_id),
            causes ["thread/status/changed", "thread/deleted", "turn/completed", "serverRequest/resolved"],
            fails [InvalidThreadId, RolloutNotFound, ThreadLocked, ThreadReferenced, EphemeralThread];
        /// Ends the subscription of the caller to a thread; the thread stays loaded for a while.
        Stable "thread/unsubscribe" => ThreadUnsubscribe(v2::ThreadUnsubscribeParams) -> v2::ThreadUnsubscribeResponse, in thread(thread_id),
            causes ["thread/status/changed", "thread/closed"],
            fails [InvalidThreadId];
        /// Counts one more question to the user that is open outside this protocol, which pauses the timeouts of the
        /// thread.
        Experimental "thread/increment_elicitation" => ThreadIncrementElicitation planned (v2::ThreadIncrementElicitationParams) -> v2::ThreadIncrementElicitationResponse,
            in thread(thread_id),
            fails [InvalidThreadId, ThreadNotFound];
        /// Counts one open question less; at zero the timeouts of the thread run again. Refused when the counter is
        /// zero already.
        Experimental "thread/decrement_elicitation" => ThreadDecrementElicitation planned (v2::ThreadDecrementElicitationParams) -> v2::ThreadDecrementElicitationResponse,
            in thread(thread_id),
            fails [InvalidThreadId, ThreadNotFound];
        /// Names a thread.
        Stable "thread/name/set" => ThreadNameSet(v2::ThreadSetNameParams) -> v2::ThreadSetNameResponse, in thread(thread_id),
            causes ["thread/name/updated"],
            fails [InvalidThreadId, RolloutNotFound, EphemeralThread];
        /// Asks for a prediction that builds on a turn; the result comes as `thread/prediction/updated`.
        Experimental "thread/prediction/request" => ThreadPredictionRequest planned (v2::ThreadPredictionRequestParams) -> v2::ThreadPredictionRequestResponse,
            in thread(thread_id),
            causes ["thread/prediction/updated", "account/chatgptAuthTokens/refresh", "attestation/generate"],
            fails [InvalidThreadId, ThreadNotFound, TurnNotFound];
        /// Sets the goal of a thread, or changes the objective, status or budget of the one it has;
        /// `thread/goal/updated` tells of it.
        Stable "thread/goal/set" => ThreadGoalSet(v2::ThreadGoalSetParams) -> v2::ThreadGoalSetResponse,
            in thread(thread_id),
            causes ["thread/goal/updated"],
            fails [InvalidThreadId, ThreadNotFound, EphemeralThread, NotFound];
        /// Reads the goal of a thread.
        Stable "thread/goal/get" => ThreadGoalGet(v2::ThreadGoalGetParams) -> v2::ThreadGoalGetResponse,
            in thread_read(thread_id),
            fails [InvalidThreadId, ThreadNotFound, EphemeralThread];
        /// Takes the goal away from a thread; `thread/goal/cleared` tells of it.
        Stable "thread/goal/clear" => ThreadGoalClear(v2::ThreadGoalClearParams) -> v2::ThreadGoalClearResponse,
            in thread(thread_id),
            causes ["thread/goal/cleared"],
            fails [InvalidThreadId, ThreadNotFound, EphemeralThread];
        /// Puts an input at the end of the queue of a thread.
        Experimental "thread/queue/add" => ThreadQueueAdd(v2::ThreadQueueAddParams) -> v2::ThreadQueueAddResponse,
            in thread(thread_id),
            causes ["thread/queue/changed"],
            fails [InvalidThreadId, EphemeralThread, InvalidParams];
        /// Lists the inputs that wait, in the order of the queue, page by page.
        Experimental "thread/queue/list" => ThreadQueueList(v2::ThreadQueueListParams) -> v2::ThreadQueueListResponse,
            in thread_read(thread_id),
            fails [InvalidThreadId, EphemeralThread, InvalidCursor];
        /// Replaces the content of an input that waits.
        Experimental "thread/queue/update" => ThreadQueueUpdate(v2::ThreadQueueUpdateParams) -> v2::ThreadQueueUpdateResponse,
            in thread(thread_id),
            causes ["thread/queue/changed"],
            fails [InvalidThreadId, EphemeralThread, InvalidParams, NotFound];
        /// Takes an input out of the queue.
        Experimental "thread/queue/delete" => ThreadQueueDelete(v2::ThreadQueueDeleteParams) -> v2::ThreadQueueDeleteResponse,
            in thread(thread_id),
            causes ["thread/queue/changed"],
            fails [InvalidThreadId, EphemeralThread];
        /// Puts the queue of a thread into another order.
        Experimental "thread/queue/reorder" => ThreadQueueReorder(v2::ThreadQueueReorderParams) -> v2::ThreadQueueReorderResponse,
            in thread(thread_id),
            causes ["thread/queue/changed"],
            fails [InvalidThreadId, EphemeralThread];
        /// Takes an input out of the queue and starts a turn with it.
        Experimental "thread/queue/start" => ThreadQueueStart(v2::ThreadQueueStartParams) -> v2::ThreadQueueStartResponse,
            in thread(thread_id),
            causes ["thread/queue/changed"],
            runs turn,
            fails [InvalidThreadId, EphemeralThread, TurnNotSteerable, NotFound];
        /// Changes what is stored about a thread beside its history: Git facts, project, Daybreak choice. At least one
        /// of them must be given.
        Stable "thread/metadata/update" => ThreadMetadataUpdate(v2::ThreadMetadataUpdateParams) -> v2::ThreadMetadataUpdateResponse,
            in thread(thread_id),
            causes ["thread/project/updated"],
            fails [InvalidThreadId, RolloutNotFound, EphemeralThread, NotFound];
        /// Stores an attachment with a thread, or finds the one that already has this type and key.
        Stable "thread/attachment/add" => ThreadAttachmentAdd(v2::ThreadAttachmentAddParams) -> v2::ThreadAttachmentAddResponse,
            in thread(thread_id),
            causes ["thread/attachment/updated"],
            fails [InvalidParams];
        /// Lists the attachments of one thread, page by page.
        Stable "thread/attachment/list" => ThreadAttachmentList(v2::ThreadAttachmentListParams) -> v2::ThreadAttachmentListResponse,
            in thread_read(thread_id),
            fails [InvalidParams];
        /// Lists the threads that have an attachment of this type and key, page by page.
        Stable "thread/attachmentOwner/list" => ThreadAttachmentOwnerList(v2::ThreadAttachmentOwnerListParams) -> v2::ThreadAttachmentOwnerListResponse,
            fails [InvalidParams];
        /// Deletes the attachment with this type and key from a thread.
        Stable "thread/attachment/remove" => ThreadAttachmentRemove(v2::ThreadAttachmentRemoveParams) -> v2::ThreadAttachmentRemoveResponse,
            in thread(thread_id),
            causes ["thread/attachment/updated"],
            fails [InvalidParams];
        /// Puts a thread into a section, at another place in its section, or out of it; `thread/section/changed` tells
        /// all connections.
        Stable "thread/section/move" => ThreadSectionMove(v2::ThreadSectionMoveParams) -> v2::ThreadSectionMoveResponse,
            in global("sections"),
            causes ["thread/section/changed"],
            fails [InvalidThreadId, ThreadNotFound, EphemeralThread, NotFound];
        /// Changes what later turns of a thread run with; `thread/settings/updated` follows only when something
        /// changed.
        Experimental "thread/settings/update" => ThreadSettingsUpdate(v2::ThreadSettingsUpdateParams) -> v2::ThreadSettingsUpdateResponse,
            in thread(thread_id),
            causes ["thread/settings/updated", "warning"],
            fails [InvalidThreadId, ThreadNotFound, ConfigInvalid, NotFound];
        /// Switches memories on or off for one thread.
        Experimental "thread/memoryMode/set" => ThreadMemoryModeSet(v2::ThreadMemoryModeSetParams) -> v2::ThreadMemoryModeSetResponse,
            in thread(thread_id),
            fails [InvalidThreadId, RolloutNotFound, EphemeralThread];
        /// Reads the memory summary that a thread uses; the thread has to be loaded.
        Experimental "thread/memory/read" => ThreadMemoryRead planned (v2::ThreadMemoryReadParams) -> v2::ThreadMemoryReadResponse,
            in thread_read(thread_id),
            fails [InvalidThreadId, ThreadNotFound];
        /// Tells how many threads the second version of the memories covers, and whether it is ready.
        Experimental "memory/status" => MemoryStatus planned (v2::MemoryStatusParams) -> v2::MemoryStatusResponse,
            in global_read("memory");
        /// Forgets all stored memories. Takes no params.
        Experimental "memory/reset" => MemoryReset planned (NoParams) -> v2::MemoryResetResponse,
            in global("memory"),
            fails [IoFailed];
        /// Starts to compress the files of stored threads in the background and answers at once. Takes no params.
        Experimental "rollout/compress" => RolloutCompress(NoParams) -> v2::RolloutCompressResponse,
            in global("rollouts");
        /// Brings an archived thread back under the same id; it is not loaded by that.
        Stable "thread/unarchive" => ThreadUnarchive(v2::ThreadUnarchiveParams) -> v2::ThreadUnarchiveResponse,
            in thread(thread_id),
            causes ["thread/unarchived"],
            fails [InvalidThreadId, RolloutNotFound, ThreadLocked];
        /// Shortens the history that the model sees, as a turn of its own.
        Stable "thread/compact/start" => ThreadCompactStart(v2::ThreadCompactStartParams) -> v2::ThreadCompactStartResponse, in thread(thread_id),
            runs turn,
            fails [InvalidThreadId, ThreadNotFound];
        /// Runs a shell command of the user in a thread, outside the sandbox. Answers at once; the command runs as a
        /// turn of its own, with an item of source `userShell`, and the model sees command and output later.
        Stable "thread/shellCommand" => ThreadShellCommand(v2::ThreadShellCommandParams) -> v2::ThreadShellCommandResponse,
            in thread(thread_id),
            runs turn,
            fails [InvalidThreadId, ThreadNotFound];
        /// Approves an action that the automatic reviewer denied in a thread.
        Stable "thread/approveGuardianDeniedAction" => ThreadApproveGuardianDeniedAction planned (v2::ThreadApproveGuardianDeniedActionParams) -> v2::ThreadApproveGuardianDeniedActionResponse,
            in thread(thread_id),
            fails [InvalidThreadId, ThreadNotFound];
        /// Stops all background terminals of a thread.
        Experimental "thread/backgroundTerminals/clean" => ThreadBackgroundTerminalsClean(v2::ThreadBackgroundTerminalsCleanParams) -> v2::ThreadBackgroundTerminalsCleanResponse,
            in thread(thread_id),
            causes ["item/completed"],
            fails [InvalidThreadId, ThreadNotFound];
        /// Lists the background terminals of a thread, page by page.
        Experimental "thread/backgroundTerminals/list" => ThreadBackgroundTerminalsList(v2::ThreadBackgroundTerminalsListParams) -> v2::ThreadBackgroundTerminalsListResponse,
            in thread_read(thread_id),
            fails [InvalidThreadId, ThreadNotFound, InvalidCursor];
        /// Stops one background terminal of a thread.
        Experimental "thread/backgroundTerminals/terminate" => ThreadBackgroundTerminalsTerminate(v2::ThreadBackgroundTerminalsTerminateParams) -> v2::ThreadBackgroundTerminalsTerminateResponse,
            in thread(thread_id),
            causes ["item/completed"],
            fails [InvalidThreadId, ThreadNotFound];
        /// Cuts the stored history of a thread off before a turn; `thread/reverted` follows. Only for threads with
        /// paginated history; files that turns have changed stay as they are.
        Stable "thread/revert" => ThreadRevert(v2::ThreadRevertParams) -> v2::ThreadRevertResponse,
            in thread(thread_id),
            causes ["thread/status/changed", "thread/reverted"],
            fails [InvalidThreadId, ThreadNotFound, RolloutNotFound, ThreadLocked, HistoryNotPaginated, TurnNotFound];
        /// Lists stored threads, newest first, page by page.
        Stable "thread/list" => ThreadList(v2::ThreadListParams) -> v2::ThreadListResponse,
            fails [InvalidCursor, InvalidParams, InvalidThreadId];
        /// Lists projects page by page, in the user's order unless asked otherwise.
        Experimental "project/list" => ProjectList(v2::ProjectListParams) -> v2::ProjectListResponse,
            in global_read("projects"),
            fails [InvalidParams];
        /// Reads one project.
        Experimental "project/read" => ProjectRead(v2::ProjectReadParams) -> v2::ProjectReadResponse,
            in global_read("projects"),
            fails [InvalidParams];
        /// Creates a project.
        Experimental "project/create" => ProjectCreate(v2::ProjectCreateParams) -> v2::ProjectCreateResponse,
            in global("projects"),
            causes ["project/changed"],
            fails [InvalidParams];
        /// Creates a project and assigns existing threads to it.
        Experimental "project/import" => ProjectImport(v2::ProjectImportParams) -> v2::ProjectImportResponse,
            in global("projects"),
            causes ["project/changed", "thread/project/updated"],
            fails [InvalidParams];
        /// Changes the name, folders or metadata of a project.
        Experimental "project/update" => ProjectUpdate(v2::ProjectUpdateParams) -> v2::ProjectUpdateResponse,
            in global("projects"),
            causes ["project/changed"],
            fails [InvalidParams];
        /// Moves a project to another place in the order.
        Experimental "project/move" => ProjectMove(v2::ProjectMoveParams) -> v2::ProjectMoveResponse,
            in global("projects"),
            causes ["project/changed"],
            fails [InvalidParams];
        /// Deletes a project.
        Experimental "project/delete" => ProjectDelete(v2::ProjectDeleteParams) -> v2::ProjectDeleteResponse,
            in global("projects"),
            causes ["project/changed", "thread/project/updated"],
            fails [InvalidParams];
        /// Lists the sections, page by page; a fresh home has one, named `Pinned`.
        Stable "threadSection/list" => ThreadSectionList(v2::ThreadSectionListParams) -> v2::ThreadSectionListResponse,
            in global_read("sections");
        /// Creates a section and answers with it.
        Stable "threadSection/create" => ThreadSectionCreate(v2::ThreadSectionCreateParams) -> v2::ThreadSectionCreateResponse,
            in global("sections"),
            fails [InvalidParams];
        /// Renames a section and, when asked to, changes how it is drawn; its id stays.
        Stable "threadSection/update" => ThreadSectionUpdate(v2::ThreadSectionUpdateParams) -> v2::ThreadSectionUpdateResponse,
            in global("sections"),
            fails [InvalidParams];
        /// Deletes a section.
        Stable "threadSection/delete" => ThreadSectionDelete(v2::ThreadSectionDeleteParams) -> v2::ThreadSectionDeleteResponse,
            in global("sections"),
            fails [InvalidParams];
        /// Searches the stored threads for a text and lists the matching ones, page by page, newest first unless told
        /// otherwise.
        Experimental "thread/search" => ThreadSearch(v2::ThreadSearchParams) -> v2::ThreadSearchResponse,
            fails [InvalidCursor];
        /// Finds every place where the visible messages of one thread hold a text, oldest message first, page by page.
        /// The thread must have paginated history.
        Experimental "thread/searchOccurrences" => ThreadSearchOccurrences(v2::ThreadSearchOccurrencesParams) -> v2::ThreadSearchOccurrencesResponse,
            in thread_read(thread_id),
            fails [InvalidThreadId, ThreadNotFound, InvalidCursor, HistoryNotPaginated];
        /// Lists the ids of the threads that are in memory.
        Stable "thread/loaded/list" => ThreadLoadedList(v2::ThreadLoadedListParams) -> v2::ThreadLoadedListResponse,
            fails [InvalidCursor];
        /// Reads one thread without subscribing to it, with its turns when asked for.
        Stable "thread/read" => ThreadRead(v2::ThreadReadParams) -> v2::ThreadReadResponse, in thread_read(thread_id),
            causes ["deprecationNotice"],
            fails [InvalidThreadId, ThreadNotFound, RolloutNotFound, EphemeralThread];
        /// Marks a thread as read or unread; refused when the state has changed since the revision that is named.
        Experimental "thread/readState/update" => ThreadReadStateUpdate(v2::ThreadReadStateUpdateParams) -> v2::ThreadReadStateUpdateResponse,
            in thread(thread_id),
            causes ["thread/readState/changed"],
            fails [InvalidParams, ThreadNotFound, VersionConflict];
        /// Lists the turns of a thread, newest first unless asked otherwise, page by page.
        Stable "thread/turns/list" => ThreadTurnsList(v2::ThreadTurnsListParams) -> v2::ThreadTurnsListResponse,
            in thread_read(thread_id),
            fails [InvalidThreadId, ThreadNotFound, RolloutNotFound, InvalidCursor, EphemeralThread];
        /// Lists the items of a thread or of one of its turns, oldest first unless asked otherwise, page by page.
        Stable "thread/items/list" => ThreadItemsList(v2::ThreadItemsListParams) -> v2::ThreadItemsListResponse,
            in thread_read(thread_id),
            fails [InvalidThreadId, ThreadNotFound, RolloutNotFound, InvalidCursor, EphemeralThread, TurnNotFound];
        /// Reads some stored items of one turn by their ids, with the output that a list may have left out.
        Experimental "thread/items/read" => ThreadItemsRead(v2::ThreadItemsReadParams) -> v2::ThreadItemsReadResponse,
            in thread_read(thread_id),
            fails [InvalidThreadId, ThreadNotFound, RolloutNotFound, EphemeralThread, TurnNotFound];
        /// Has the automatic reviewer assess a thread's action, and makes the caller a subscriber of the thread. The
        /// subscription outlasts the review: it keeps the thread loaded until `thread/unsubscribe` or the end of the
        /// connection.
        Experimental "thread/guardianReview" => ThreadGuardianReview planned (v2::ThreadGuardianReviewParams) -> v2::ThreadGuardianReviewResponse,
            in thread(thread_id),
            causes ["item/autoApprovalReview/started", "item/autoApprovalReview/completed", "guardianWarning"],
            fails [InvalidThreadId, ThreadNotFound, ServiceUnavailable];
        /// Adds items to what the model sees of a thread, without starting a turn.
        Stable "thread/inject_items" => ThreadInjectItems(v2::ThreadInjectItemsParams) -> v2::ThreadInjectItemsResponse,
            in thread(thread_id),
            fails [InvalidThreadId, ThreadNotFound];
        /// Gets a fresh thread ready to carry out a plan that was approved, and answers with the prompt for its first
        /// turn.
        Experimental "thread/prepareApprovedPlan" => ThreadPrepareApprovedPlan planned (v2::ThreadPrepareApprovedPlanParams) -> v2::ThreadPrepareApprovedPlanResponse,
            in thread(thread_id),
            fails [InvalidThreadId, ThreadNotFound];
        /// Lists the skills that apply in each of the given working directories, together with the files that could not
        /// be read.
        Stable "skills/list" => SkillsList planned (v2::SkillsListParams) -> v2::SkillsListResponse,
            in config_read;
        /// Replaces the extra folders in which skills of the user are looked for. They hold for the whole server until
        /// it ends; nothing is stored.
        Stable "skills/extraRoots/set" => SkillsExtraRootsSet planned (v2::SkillsExtraRootsSetParams) -> v2::SkillsExtraRootsSetResponse,
            in config_write;
        /// Lists the configured hooks of some working directories or of a loaded thread, with their trust, and what was
        /// wrong with their configuration.
        Stable "hooks/list" => HooksList planned (v2::HooksListParams) -> v2::HooksListResponse,
            in config_read,
            fails [InvalidThreadId, ThreadNotFound];
        /// Adds a marketplace from a local folder or a git repository and writes it to `config.toml`. An empty or
        /// unknown form of source is refused with -32600, a clone that fails with -32603.
        Stable "marketplace/add" => MarketplaceAdd planned (v2::MarketplaceAddParams) -> v2::MarketplaceAddResponse,
            in global("plugins"),
            fails [ConfigInvalid, ConfigReadonly, IoFailed, ServiceUnavailable];
        /// Removes a marketplace from `config.toml`, together with its clone if there is one. An unknown name is
        /// refused.
        Stable "marketplace/remove" => MarketplaceRemove planned (v2::MarketplaceRemoveParams) -> v2::MarketplaceRemoveResponse,
            in global("plugins"),
            fails [ConfigInvalid, ConfigReadonly, NotFound, IoFailed];
        /// Fetches marketplaces that come from git again, one or all; failures of single ones are part of the result.
        Stable "marketplace/upgrade" => MarketplaceUpgrade planned (v2::MarketplaceUpgradeParams) -> v2::MarketplaceUpgradeResponse,
            in global("plugins"),
            fails [NotFound];
        /// Lists the plugins that marketplaces offer, marketplace by marketplace. A broken marketplace file becomes an
        /// entry in `marketplaceLoadErrors`; a backend that fails leaves its part empty, without an error.
        Stable "plugin/list" => PluginList planned (v2::PluginListParams) -> v2::PluginListResponse,
            in global_read("plugins");
        /// Searches plugins by a term, page by page. Without a ChatGPT login nothing is found; a backend that fails
        /// gives -32600.
        Experimental "plugin/search" => PluginSearch planned (v2::PluginSearchParams) -> v2::PluginSearchResponse,
            in global_read("plugins"),
            fails [InvalidCursor, ServiceUnavailable];
        /// Lists the installed plugins, marketplace by marketplace, and on request some others that could be installed.
        Stable "plugin/installed" => PluginInstalled planned (v2::PluginInstalledParams) -> v2::PluginInstalledResponse,
            in global_read("plugins");
        /// Brings installed plugins in line with the remote catalogue and answers with what changed. Without a ChatGPT
        /// login nothing happens and all lists are empty; a failing backend gives -32603.
        Stable "plugin/reconcile" => PluginReconcile planned (v2::PluginReconcileParams) -> v2::PluginReconcileResponse,
            in global("plugins"),
            fails [IoFailed, ServiceUnavailable];
        /// Reads one plugin with all it brings. Needs exactly one of `marketplacePath` and `remoteMarketplaceName`;
        /// that, a marketplace file that is missing and a plugin that is not in it are refused with -32600.
        Stable "plugin/read" => PluginRead planned (v2::PluginReadParams) -> v2::PluginReadResponse,
            in global_read("plugins"),
            fails [NotSignedIn, NotFound, ServiceUnavailable];
        /// Reads the text of one skill of a plugin in the remote catalogue. Refused with -32600 without a ChatGPT
        /// login.
        Stable "plugin/skill/read" => PluginSkillRead planned (v2::PluginSkillReadParams) -> v2::PluginSkillReadResponse,
            in global_read("plugins"),
            fails [NotSignedIn, NotFound, ServiceUnavailable];
        /// Uploads a local plugin to the catalogue, as a new share or as an update of an existing one, and answers with
        /// its link.
        Stable "plugin/share/save" => PluginShareSave planned (v2::PluginShareSaveParams) -> v2::PluginShareSaveResponse,
            in global("plugins"),
            fails [NotSignedIn, NotFound, IoFailed, ServiceUnavailable];
        /// Sets with whom a shared plugin is shared and how it can be found.
        Stable "plugin/share/updateTargets" => PluginShareUpdateTargets planned (v2::PluginShareUpdateTargetsParams) -> v2::PluginShareUpdateTargetsResponse,
            in global("plugins"),
            fails [NotSignedIn, NotFound, ServiceUnavailable];
        /// Lists shared plugins, each with its local folder where there is one.
        Stable "plugin/share/list" => PluginShareList planned (v2::PluginShareListParams) -> v2::PluginShareListResponse,
            in global_read("plugins"),
            fails [NotSignedIn, ServiceUnavailable];
        /// Fetches a shared plugin into a local folder and adds it to a local marketplace.
        Stable "plugin/share/checkout" => PluginShareCheckout planned (v2::PluginShareCheckoutParams) -> v2::PluginShareCheckoutResponse,
            in global("plugins"),
            fails [NotSignedIn, NotFound, IoFailed, ServiceUnavailable];
        /// Deletes a shared plugin from the catalogue.
        Stable "plugin/share/delete" => PluginShareDelete planned (v2::PluginShareDeleteParams) -> v2::PluginShareDeleteResponse,
            in global("plugins"),
            fails [NotSignedIn, NotFound, ServiceUnavailable];
        /// Reads what is known about certain apps, and names the ids that are not known. Without apps all ids are
        /// missing.
        Stable "app/read" => AppRead planned (v2::AppsReadParams) -> v2::AppsReadResponse,
            in account_read,
            fails [InvalidThreadId, ThreadNotFound, ServiceUnavailable];
        /// Lists the apps that the user can use or connect, page by page. Empty without a ChatGPT login or with the
        /// feature `apps` off; fails with -32603 when the apps cannot be fetched.
        Stable "app/list" => AppList planned (v2::AppsListParams) -> v2::AppsListResponse,
            in account_read,
            causes ["app/list/updated"],
            fails [InvalidThreadId, ThreadNotFound, InvalidCursor, ServiceUnavailable];
        /// Lists the installed apps and whether each can be called now, as last published by the server.
        Stable "app/installed" => AppInstalled planned (v2::AppsInstalledParams) -> v2::AppsInstalledResponse,
            in account_read,
            fails [InvalidThreadId, ThreadNotFound];
        /// Reads a whole file of at most 536870912 bytes; directories and larger files are refused.
        Stable "fs/readFile" => FsReadFile planned (v2::FsReadFileParams) -> v2::FsReadFileResponse,
            fails [IoFailed];
        /// Writes a whole file, replacing what it held or creating it; its directory must exist.
        Stable "fs/writeFile" => FsWriteFile planned (v2::FsWriteFileParams) -> v2::FsWriteFileResponse,
            fails [IoFailed];
        /// Creates a directory, with its missing parents unless told otherwise.
        Stable "fs/createDirectory" => FsCreateDirectory planned (v2::FsCreateDirectoryParams) -> v2::FsCreateDirectoryResponse,
            fails [IoFailed];
        /// Tells what kind of thing a path is and its times. Symbolic links are followed; one that leads nowhere is an
        /// error.
        Stable "fs/getMetadata" => FsGetMetadata planned (v2::FsGetMetadataParams) -> v2::FsGetMetadataResponse,
            fails [IoFailed];
        /// Lists the names directly inside a directory, in no particular order. Symbolic links are followed; those that
        /// lead nowhere are left out.
        Stable "fs/readDirectory" => FsReadDirectory planned (v2::FsReadDirectoryParams) -> v2::FsReadDirectoryResponse,
            fails [IoFailed];
        /// Removes a file or a directory, by default with everything in it and without complaint when it is missing.
        Stable "fs/remove" => FsRemove planned (v2::FsRemoveParams) -> v2::FsRemoveResponse,
            fails [IoFailed];
        /// Copies a file or, with `recursive`, a directory; symbolic links are copied as links. Refused for other kinds
        /// of file, and for a directory into itself.
        Stable "fs/copy" => FsCopy planned (v2::FsCopyParams) -> v2::FsCopyResponse,
            fails [IoFailed];
        /// Starts to report changes of a file, or of what lies directly in a directory, as `fs/changed`. The watch ends
        /// with `fs/unwatch` or with the connection.
        Stable "fs/watch" => FsWatch planned (v2::FsWatchParams) -> v2::FsWatchResponse,
            in watch(watch_id),
            causes ["fs/changed"],
            fails [DuplicateId, IoFailed];
        /// Ends a watch of this connection; one that is unknown or already ended does no harm.
        Stable "fs/unwatch" => FsUnwatch planned (v2::FsUnwatchParams) -> v2::FsUnwatchResponse,
            in watch(watch_id);
        /// Turns one skill on or off in `config.toml`, chosen by either its path or its name. Both or neither is
        /// refused with -32602.
        Stable "skills/config/write" => SkillsConfigWrite planned (v2::SkillsConfigWriteParams) -> v2::SkillsConfigWriteResponse,
            in config_write,
            fails [ConfigInvalid, InvalidParams, ConfigReadonly, IoFailed];
        /// Copies a plugin from a marketplace into the cache and switches it on in the user's configuration. Refused
        /// when the marketplace does not allow it, or when the plugin has no manifest.
        Stable "plugin/install" => PluginInstall planned (v2::PluginInstallParams) -> v2::PluginInstallResponse,
            in global("plugins"),
            fails [ConfigInvalid, ConfigReadonly, NotSignedIn, Disabled, NotFound, IoFailed, ServiceUnavailable];
        /// Removes a plugin from the cache and from the user's configuration; succeeds also when it is not installed.
        /// For a remote id a ChatGPT login is needed.
        Stable "plugin/uninstall" => PluginUninstall planned (v2::PluginUninstallParams) -> v2::PluginUninstallResponse,
            in global("plugins"),
            fails [ConfigInvalid, ConfigReadonly, NotSignedIn, IoFailed, ServiceUnavailable];
        /// Starts a turn with the input of the user, or joins the one that runs.
        Stable "turn/start" => TurnStart(v2::TurnStartParams) -> v2::TurnStartResponse, in thread(thread_id),
            partly "toolOutput and additionalContext are refused",
            runs turn,
            fails [InvalidParams, InvalidThreadId, ThreadNotFound, ConfigInvalid, TurnNotSteerable, NotFound];
        /// Changes what the running turn works with from its next step on; later turns keep the settings of the thread.
        /// The answer says whether the turn was still there.
        Experimental "turn/settings/update" => TurnSettingsUpdate(v2::TurnSettingsUpdateParams) -> v2::TurnSettingsUpdateResponse,
            in thread(thread_id),
            partly "without the feature step_model_switching it is refused, as in codex; with it as not supported yet",
            fails [InvalidThreadId, ThreadNotFound, NotFound];
        /// Adds input to the running turn.
        Stable "turn/steer" => TurnSteer(v2::TurnSteerParams) -> v2::TurnSteerResponse, in thread(thread_id),
            causes ["hook/started", "hook/completed", "item/started", "item/completed", "account/rateLimits/updated"],
            fails [InvalidThreadId, ThreadNotFound, TurnMismatch, TurnNotSteerable];
        /// Ends the running turn as interrupted.
        Stable "turn/interrupt" => TurnInterrupt(v2::TurnInterruptParams) -> v2::TurnInterruptResponse, in thread(thread_id),
            causes ["thread/status/changed", "turn/completed", "serverRequest/resolved"],
            fails [InvalidThreadId, ThreadNotFound, TurnMismatch];
        /// Starts a realtime session for a thread. The answer comes at once; `thread/realtime/started` tells that it
        /// runs, `thread/realtime/error` that it failed.
        Experimental "thread/realtime/start" => ThreadRealtimeStart planned (v2::ThreadRealtimeStartParams) -> v2::ThreadRealtimeStartResponse,
            in thread(thread_id),
            causes [
                "thread/realtime/started", "thread/realtime/itemAdded", "thread/realtime/item/started",
                "thread/realtime/item/transcript/delta", "thread/realtime/item/completed",
                "thread/realtime/transcript/delta", "thread/realtime/transcript/done",
                "thread/realtime/outputAudio/delta", "thread/realtime/sdp", "thread/realtime/error",
                "thread/realtime/closed",
            ],
            fails [InvalidThreadId, ThreadNotFound];
        /// Sends a piece of audio to the realtime session. Without a session an `error` notification tells so.
        Experimental "thread/realtime/appendAudio" => ThreadRealtimeAppendAudio planned (v2::ThreadRealtimeAppendAudioParams) -> v2::ThreadRealtimeAppendAudioResponse,
            in thread(thread_id),
            causes ["error", "thread/status/changed"],
            fails [InvalidThreadId, ThreadNotFound];
        /// Sends a text to the realtime session, in the role that is given. Without a session an `error` notification
        /// tells so.
        Experimental "thread/realtime/appendText" => ThreadRealtimeAppendText planned (v2::ThreadRealtimeAppendTextParams) -> v2::ThreadRealtimeAppendTextResponse,
            in thread(thread_id),
            causes ["error", "thread/status/changed"],
            fails [InvalidThreadId, ThreadNotFound];
        /// Sends a text to the realtime session that is to be spoken. Without a session an `error` notification tells
        /// so.
        Experimental "thread/realtime/appendSpeech" => ThreadRealtimeAppendSpeech planned (v2::ThreadRealtimeAppendSpeechParams) -> v2::ThreadRealtimeAppendSpeechResponse,
            in thread(thread_id),
            causes ["error", "thread/status/changed"],
            fails [InvalidThreadId, ThreadNotFound];
        /// Ends the realtime session of a thread; `thread/realtime/closed` follows, with the reason `requested`.
        Experimental "thread/realtime/stop" => ThreadRealtimeStop planned (v2::ThreadRealtimeStopParams) -> v2::ThreadRealtimeStopResponse,
            in thread(thread_id),
            causes ["thread/realtime/item/started", "thread/realtime/item/completed", "thread/realtime/closed"],
            fails [InvalidThreadId, ThreadNotFound];
        /// Lists the history of a thread, ordinary and realtime, page by page in the order of its rollout.
        Experimental "thread/timeline/list" => ThreadTimelineList(v2::ThreadTimelineListParams) -> v2::ThreadTimelineListResponse,
            in thread_read(thread_id),
            fails [InvalidThreadId, ThreadNotFound, RolloutNotFound, InvalidCursor];
        /// Lists the voices for each version of the realtime protocol; the lists are fixed.
        Experimental "thread/realtime/listVoices" => ThreadRealtimeListVoices planned (v2::ThreadRealtimeListVoicesParams) -> v2::ThreadRealtimeListVoicesResponse;
        /// Starts a review as a turn of a thread and answers at once with that turn. `turn/started` then carries
        /// another turn id, which is the one to interrupt; its `rootTurnId` is the id answered here.
        Stable "review/start" => ReviewStart planned (v2::ReviewStartParams) -> v2::ReviewStartResponse,
            in thread(thread_id),
            runs turn,
            fails [InvalidThreadId, ThreadNotFound];
        /// Lists the models that clients can offer.
        Stable "model/list" => ModelList(v2::ModelListParams) -> v2::ModelListResponse,
            fails [InvalidCursor];
        /// Tells whether a provider signs in by gateway OAuth and whether credentials are at hand; starts no login. A
        /// provider without gateway OAuth is answered with `required` false.
        Stable "account/gatewayOAuth/read" => AccountGatewayOAuthRead planned (Option<v2::GatewayOAuthReadParams>) -> v2::GatewayOAuthReadResponse,
            in account_read,
            fails [ConfigInvalid, NotFound];
        /// Starts a gateway login for a configured provider; the default provider and those of threads stay as they
        /// are. A provider without gateway OAuth is refused with -32600.
        Stable "account/gatewayOAuth/login" => AccountGatewayOAuthLogin planned (Option<v2::GatewayOAuthLoginParams>) -> v2::GatewayOAuthLoginResponse,
            in account,
            causes ["account/gatewayOAuth/changed"],
            fails [ConfigInvalid, NotFound, ServiceUnavailable];
        /// Stops the gateway login under way; when none is, the answer is the same.
        Stable "account/gatewayOAuth/cancel" => AccountGatewayOAuthCancel planned (NoParams) -> v2::GatewayOAuthCancelResponse,
            in account,
            causes ["account/gatewayOAuth/changed"];
        /// Lists the model providers, built in and configured, and names the default one.
        Stable "modelProvider/list" => ModelProviderList(v2::ModelProviderListParams) -> v2::ModelProviderListResponse,
            in config_read,
            fails [ConfigInvalid];
        /// Writes settings of one provider to the user's configuration and answers with the provider as it is then; a
        /// custom gateway can also be created so.
        Stable "modelProvider/config/write" => ModelProviderConfigWrite(v2::ModelProviderConfigWriteParams) -> v2::ModelProviderConfigWriteResponse,
            in config_write,
            fails [ConfigInvalid, VersionConflict, ConfigReadonly, ConfigValueInvalid, NotFound, IoFailed];
        /// Tells whether the configured model provider can generate images and search the web.
        Stable "modelProvider/capabilities/read" => ModelProviderCapabilitiesRead(v2::ModelProviderCapabilitiesReadParams) -> v2::ModelProviderCapabilitiesReadResponse,
            in config_read,
            fails [ConfigInvalid];
        /// Lists all feature flags with their stage and whether they are on, page by page.
        Stable "experimentalFeature/list" => ExperimentalFeatureList(v2::ExperimentalFeatureListParams) -> v2::ExperimentalFeatureListResponse,
            in config_read,
            fails [InvalidThreadId, ThreadNotFound, ConfigInvalid, InvalidCursor];
        /// Lists the permission profiles, built in and configured, page by page, each with whether it may be chosen.
        Stable "permissionProfile/list" => PermissionProfileList(v2::PermissionProfileListParams) -> v2::PermissionProfileListResponse,
            in config_read,
            fails [ConfigInvalid, InvalidCursor];
        /// Switches features on or off for the whole server process until it ends; nothing is written to the
        /// configuration. Names that cannot be switched this way are passed over.
        Stable "experimentalFeature/enablement/set" => ExperimentalFeatureEnablementSet(v2::ExperimentalFeatureEnablementSetParams) -> v2::ExperimentalFeatureEnablementSetResponse,
            in config_write,
            fails [ConfigInvalid];
        /// Turns remote control on and answers with the status; refused without a ChatGPT login.
        Experimental "remoteControl/enable" => RemoteControlEnable planned (Option<v2::RemoteControlEnableParams>) -> v2::RemoteControlEnableResponse,
            in global("remoteControl"),
            causes ["remoteControl/status/changed"],
            fails [NotSignedIn, Disabled, ServiceUnavailable];
        /// Turns remote control off and answers with the status.
        Experimental "remoteControl/disable" => RemoteControlDisable planned (Option<v2::RemoteControlDisableParams>) -> v2::RemoteControlDisableResponse,
            in global("remoteControl"),
            causes ["remoteControl/status/changed"],
            fails [NotSignedIn];
        /// Reads whether remote control is on and connected; takes no params and works without a login.
        Experimental "remoteControl/status/read" => RemoteControlStatusRead planned (NoParams) -> v2::RemoteControlStatusReadResponse,
            in global_read("remoteControl");
        /// Starts the pairing of another device and answers with the code for it; refused while remote control is off.
        Experimental "remoteControl/pairing/start" => RemoteControlPairingStart planned (v2::RemoteControlPairingStartParams) -> v2::RemoteControlPairingStartResponse,
            in global("remoteControl"),
            fails [NotSignedIn, Disabled, ServiceUnavailable];
        /// Tells whether a pairing code was claimed; refused without either kind of code.
        Experimental "remoteControl/pairing/status" => RemoteControlPairingStatus planned (v2::RemoteControlPairingStatusParams) -> v2::RemoteControlPairingStatusResponse,
            in global_read("remoteControl"),
            fails [NotSignedIn, ServiceUnavailable];
        /// Lists the devices paired with an environment, page by page.
        Experimental "remoteControl/client/list" => RemoteControlClientList planned (v2::RemoteControlClientsListParams) -> v2::RemoteControlClientsListResponse,
            in global_read("remoteControl"),
            fails [InvalidCursor, NotSignedIn, ServiceUnavailable];
        /// Takes the access away from a paired device.
        Experimental "remoteControl/client/revoke" => RemoteControlClientRevoke planned (v2::RemoteControlClientsRevokeParams) -> v2::RemoteControlClientsRevokeResponse,
            in global("remoteControl"),
            fails [NotSignedIn, NotFound, ServiceUnavailable];
        /// Lists the ways in which the agent can work with the user.
        Experimental "collaborationMode/list" => CollaborationModeList(v2::CollaborationModeListParams) -> v2::CollaborationModeListResponse;
        /// Echoes its value: for testing the experimental gate.
        Experimental "mock/experimentalMethod" => MockExperimentalMethod(v2::MockExperimentalMethodParams) -> v2::MockExperimentalMethodResponse;
        /// Makes a remote exec-server known under an id, without connecting to it yet. Refused for an empty id and for
        /// `local`, which is reserved. Experimental.
        Experimental "environment/add" => EnvironmentAdd planned (v2::EnvironmentAddParams) -> v2::EnvironmentAddResponse,
            in global("environments");
        /// Asks an environment for its shell and its default working directory, connecting to it where needed. An id
        /// that is not configured is refused; an environment that cannot be reached is an internal error. Experimental.
        Experimental "environment/info" => EnvironmentInfo planned (v2::EnvironmentInfoParams) -> v2::EnvironmentInfoResponse,
            in global_read("environments"),
            fails [NotFound, ServiceUnavailable];
        /// Tells whether an environment is reachable, without starting, connecting or repairing anything. An id that is
        /// not configured is an answer (`unknown`), not an error. Experimental.
        Experimental "environment/status" => EnvironmentStatus planned (v2::EnvironmentStatusParams) -> v2::EnvironmentStatusResponse,
            in global_read("environments");
        /// Starts an OAuth login at an MCP server and answers with the URL to open; `mcpServer/oauthLogin/completed`
        /// tells how it ended. A server that is not configured or not reached over HTTP is refused with -32600.
        Stable "mcpServer/oauth/login" => McpServerOauthLogin planned (v2::McpServerOauthLoginParams) -> v2::McpServerOauthLoginResponse,
            in mcp,
            causes ["mcpServer/oauthLogin/completed"],
            fails [InvalidThreadId, ThreadNotFound, ConfigInvalid, NotFound, ServiceUnavailable];
        /// Makes loaded threads read the MCP configuration anew; servers that changed or failed are restarted at once,
        /// ready and unchanged ones are kept. Takes no params.
        Stable "config/mcpServer/reload" => ConfigMcpServerReload planned (NoParams) -> v2::McpServerRefreshResponse,
            in mcp,
            causes ["mcpServer/startupStatus/updated"],
            fails [ConfigInvalid];
        /// Lists the configured MCP servers by name, with tools, resources and login state, page by page. Servers are
        /// started for it where needed; disabled ones are listed empty.
        Stable "mcpServerStatus/list" => McpServerStatusList planned (v2::ListMcpServerStatusParams) -> v2::ListMcpServerStatusResponse,
            in mcp,
            fails [InvalidThreadId, ThreadNotFound, ConfigInvalid, InvalidCursor];
        /// Reads one resource of an MCP server, with or without a thread. When the MCP server answers with an error,
        /// its code is passed on to the client.
        Stable "mcpServer/resource/read" => McpServerResourceRead planned (v2::McpResourceReadParams) -> v2::McpResourceReadResponse,
            fails [InvalidThreadId, ThreadNotFound, NotFound, McpServerFailed];
        /// Starts a stream of events of an MCP server of a thread; they come as `mcpServer/event/stream/notification`.
        Experimental "mcpServer/event/stream/start" => McpServerEventStreamStart planned (v2::McpServerEventStreamStartParams) -> v2::McpServerEventStreamStartResponse,
            in watch(subscription_id),
            causes ["mcpServer/event/stream/notification"],
            fails [InvalidThreadId, ThreadNotFound, NotFound, DuplicateId, McpServerFailed];
        /// Stops a stream of events.
        Experimental "mcpServer/event/stream/stop" => McpServerEventStreamStop planned (v2::McpServerEventStreamStopParams) -> v2::McpServerEventStreamStopResponse,
            in watch(subscription_id);
        /// Calls a tool of one of a thread's MCP servers and answers with its raw result; calls on one thread run in
        /// order. A server that is not known and a call that takes too long fail with -32603.
        Stable "mcpServer/tool/call" => McpServerToolCall planned (v2::McpServerToolCallParams) -> v2::McpServerToolCallResponse,
            in thread(thread_id),
            causes ["thread/status/changed", "serverRequest/resolved", "mcpServer/elicitation/request"],
            fails [InvalidThreadId, ThreadNotFound, NotFound, McpServerFailed];
        /// Starts the setup of the Windows sandbox and answers at once; `windowsSandbox/setupCompleted` tells how it
        /// went. One setup runs at a time.
        Stable "windowsSandbox/setupStart" => WindowsSandboxSetupStart(v2::WindowsSandboxSetupStartParams) -> v2::WindowsSandboxSetupStartResponse,
            in global("windowsSandbox"),
            causes ["windowsSandbox/setupCompleted"];
        /// Tells whether the Windows sandbox is ready for use; `notConfigured` on other systems.
        Stable "windowsSandbox/readiness" => WindowsSandboxReadiness(NoParams) -> v2::WindowsSandboxReadinessResponse,
            in global_read("windowsSandbox");
        /// Starts a login and cancels one still under way. Logins in a browser or by device code are answered at once
        /// and end later with `account/login/completed`; while the client supplies the tokens, every other kind is
        /// refused with -32600.
        Stable "account/login/start" => AccountLoginStart planned (v2::LoginAccountParams) -> v2::LoginAccountResponse,
            in account,
            causes ["account/updated", "account/login/completed"],
            fails [LoginNotAllowed, IoFailed, ServiceUnavailable];
        /// Lists the AWS profiles and the AWS credentials in the environment that the server finds on its machine; both
        /// lists are empty when it finds none.
        Experimental "account/bedrock/discover" => AccountBedrockDiscover planned (v2::BedrockDiscoverParams) -> v2::BedrockDiscoverResponse;
        /// Sets up Amazon Bedrock with an AWS profile or the environment's credentials. Refused with -32600 when that
        /// cannot be done.
        Experimental "account/bedrock/setup" => AccountBedrockSetup planned (v2::BedrockSetupParams) -> v2::BedrockSetupResponse,
            in account,
            causes ["account/updated"],
            fails [ConfigInvalid, ConfigReadonly, LoginNotAllowed, IoFailed];
        /// Sets up Vertex AI of Google Cloud in the user's configuration. Refused with -32600 when that cannot be done;
        /// `data.reason` then names the cause, such as `authCommandFailed`.
        Experimental "account/gcp/setup" => AccountGcpSetup planned (v2::GcpSetupParams) -> v2::GcpSetupResponse,
            in account,
            causes ["account/updated"],
            fails [ConfigInvalid, ConfigReadonly, LoginNotAllowed, IoFailed];
        /// Tells whether Bedrock is used in a GovCloud region and whether to warn about managed requirements that fall
        /// short of it; blocks nothing. Meant for the time right after a setup or login.
        Experimental "account/bedrock/checkGovCloudRequirements" => AccountBedrockCheckGovCloudRequirements planned (v2::BedrockCheckGovCloudRequirementsParams) -> v2::BedrockCheckGovCloudRequirementsResponse,
            in account_read,
            fails [ConfigInvalid];
        /// Cancels a login under way; it still ends with `account/login/completed`, without success. An id that is no
        /// UUID is refused with -32600.
        Stable "account/login/cancel" => AccountLoginCancel planned (v2::CancelLoginAccountParams) -> v2::CancelLoginAccountResponse,
            in account,
            causes ["account/login/completed"];
        /// Lists the stored ChatGPT logins with their workspaces; empty without one.
        Experimental "accountSession/list" => AccountSessionList planned (v2::AccountSessionsListParams) -> v2::AccountSessionsResponse,
            in account_read,
            fails [ServiceUnavailable];
        /// Changes to another stored ChatGPT login or another workspace of it. May need a browser first; without a
        /// ChatGPT login of the server's own it is refused with -32600.
        Experimental "accountSession/switch" => AccountSessionSwitch planned (v2::AccountSessionsSwitchParams) -> v2::AccountSessionsSwitchResponse,
            in account,
            causes ["account/updated", "account/login/completed"],
            fails [NotSignedIn, LoginNotAllowed, NotFound, IoFailed, ServiceUnavailable];
        /// Forgets the login: revokes its tokens where they are the server's own (best effort, at most 10 seconds),
        /// deletes what is stored, and sends `account/updated` in every case.
        Stable "account/logout" => AccountLogout planned (NoParams) -> v2::LogoutAccountResponse,
            in account,
            causes ["account/updated"],
            fails [IoFailed];
        /// Reads the reminder about the account's security, if there is one; changes nothing about the account. Signed
        /// out, the notice is null.
        Stable "account/securitySetup/read" => AccountSecuritySetupRead planned (NoParams) -> v2::GetAccountSecuritySetupResponse,
            in account_read,
            fails [ServiceUnavailable];
        /// Reads the account's limits from the backend, and the credits for resetting them as far as they can be had.
        /// Without a ChatGPT login it is refused with -32600; an HTTP failure gives -32603.
        Stable "account/rateLimits/read" => AccountRateLimitsRead planned (Option<v2::GetAccountRateLimitsParams>) -> v2::GetAccountRateLimitsResponse,
            in account_read,
            fails [NotSignedIn, ServiceUnavailable];
        /// Spends one earned credit to reset the account's windows early. Repeating it with the same key does not spend
        /// a second one.
        Stable "account/rateLimitResetCredit/consume" => AccountRateLimitResetCreditConsume planned (v2::ConsumeAccountRateLimitResetCreditParams) -> v2::ConsumeAccountRateLimitResetCreditResponse,
            in account_read,
            fails [NotSignedIn, ServiceUnavailable];
        /// Reads token usage of the account over time, or the estimated usage of one thread; the backend has 10 seconds
        /// to answer. Without a ChatGPT login it is refused with -32600.
        Stable "account/usage/read" => AccountUsageRead planned (Option<v2::GetAccountTokenUsageParams>) -> v2::GetAccountTokenUsageResponse,
            in account_read,
            fails [InvalidThreadId, NotSignedIn, ServiceUnavailable];
        /// Reads the messages of the ChatGPT workspace that are current; the backend has 1 second to answer. Without a
        /// ChatGPT login it is refused with -32600.
        Stable "account/workspaceMessages/read" => AccountWorkspaceMessagesRead planned (NoParams) -> v2::GetWorkspaceMessagesResponse,
            in account_read,
            fails [NotSignedIn, ServiceUnavailable];
        /// Has the backend mail the owner of the workspace that more credits or a higher limit are wanted. Without a
        /// ChatGPT login it is refused with -32600.
        Stable "account/sendAddCreditsNudgeEmail" => AccountSendAddCreditsNudgeEmail planned (v2::SendAddCreditsNudgeEmailParams) -> v2::SendAddCreditsNudgeEmailResponse,
            in account_read,
            fails [NotSignedIn, ServiceUnavailable];
        /// Sends a report to the makers of the product. Refused for a bad thread id and when the configuration disables
        /// feedback; an internal error when the report cannot be delivered.
        Stable "feedback/upload" => FeedbackUpload planned (v2::FeedbackUploadParams) -> v2::FeedbackUploadResponse,
            fails [InvalidThreadId, Disabled, ServiceUnavailable];
        /// Writes a report to a ZIP file on the server's machine in place of sending it. Refused when the path is not
        /// absolute.
        Stable "feedback/save" => FeedbackSave planned (v2::FeedbackSaveParams) -> v2::FeedbackSaveResponse,
            fails [InvalidThreadId, IoFailed];
        /// Runs a command in the sandbox and answers once it has exited, after all of its output deltas. A timeout is
        /// no error: the exit code is then 124. Fields that exclude each other are refused, and so is a second command
        /// with a `processId` in use.
        Stable "command/exec" => CommandExec(v2::CommandExecParams) -> v2::CommandExecResponse,
            causes ["command/exec/outputDelta"],
            fails [ConfigInvalid, InvalidParams, DuplicateId, SpawnFailed];
        /// Writes to the standard input of a running command, closes it, or both. Refused when the command has ended or
        /// was started without `streamStdin`.
        Stable "command/exec/write" => CommandExecWrite(v2::CommandExecWriteParams) -> v2::CommandExecWriteResponse,
            in process(process_id),
            fails [InvalidParams, ProcessNotFound];
        /// Kills a running command; `command/exec` then answers, with exit code 137, or 1 on a terminal. Refused when
        /// the command has ended or is unknown.
        Stable "command/exec/terminate" => CommandExecTerminate(v2::CommandExecTerminateParams) -> v2::CommandExecTerminateResponse,
            in process(process_id),
            fails [ProcessNotFound];
        /// Changes the size of a running command's terminal. Refused without a terminal, or when the command has ended.
        Stable "command/exec/resize" => CommandExecResize(v2::CommandExecResizeParams) -> v2::CommandExecResizeResponse,
            in process(process_id),
            fails [InvalidParams, ProcessNotFound];
        /// Starts a process outside of any sandbox and answers as soon as it runs and its handle is known; the exit is
        /// told by `process/exited`. A failing start is refused with -32603.
        Experimental "process/spawn" => ProcessSpawn(v2::ProcessSpawnParams) -> v2::ProcessSpawnResponse,
            in process(process_handle),
            causes ["process/outputDelta", "process/exited"],
            fails [InvalidParams, DuplicateId, SpawnFailed];
        /// Writes bytes to the stdin of a running process, closes it, or does both.
        Experimental "process/writeStdin" => ProcessWriteStdin(v2::ProcessWriteStdinParams) -> v2::ProcessWriteStdinResponse,
            in process(process_handle),
            fails [InvalidParams, ProcessNotFound];
        /// Kills a running process; its `process/exited` follows, usually with exit code 137.
        Experimental "process/kill" => ProcessKill(v2::ProcessKillParams) -> v2::ProcessKillResponse,
            in process(process_handle),
            causes ["process/exited"],
            fails [ProcessNotFound];
        /// Changes the size of the terminal that a running process is attached to.
        Experimental "process/resizePty" => ProcessResizePty(v2::ProcessResizePtyParams) -> v2::ProcessResizePtyResponse,
            in process(process_handle),
            fails [InvalidParams, ProcessNotFound];
        /// Reads the effective configuration, where each value comes from, and the layers.
        Stable "config/read" => ConfigRead(v2::ConfigReadParams) -> v2::ConfigReadResponse, in config_read,
            fails [ConfigInvalid];
        /// Looks for things of another agent that can be imported. Looks nowhere unless `includeHome` or `cwds` says
        /// so, and offers only what would change something here.
        Stable "externalAgentConfig/detect" => ExternalAgentConfigDetect(v2::ExternalAgentConfigDetectParams) -> v2::ExternalAgentConfigDetectResponse,
            in config_read,
            partly "PLUGINS, SESSIONS and MEMORY, connectors, and the second agent",
            fails [IoFailed];
        /// Starts importing the given items and answers at once with the id of the import; values that exist here
        /// already are never overwritten. Plugins and sessions may take longer than the rest.
        Stable "externalAgentConfig/import" => ExternalAgentConfigImport(v2::ExternalAgentConfigImportParams) -> v2::ExternalAgentConfigImportResponse,
            in config_write,
            partly "PLUGINS, SESSIONS and MEMORY, which fail as not supported yet, and the second agent",
            causes ["externalAgentConfig/import/progress", "externalAgentConfig/import/completed"];
        /// Adds an import that was done outside the server to the history, and gives it an id.
        Stable "externalAgentConfig/import/recordHistory" => ExternalAgentConfigImportRecordHistory(v2::ExternalAgentConfigImportHistoryRecordParams) -> v2::ExternalAgentConfigImportHistoryRecordResponse,
            in global("imports"),
            fails [IoFailed];
        /// Reads the finished imports, and the connectors that they brought up.
        Stable "externalAgentConfig/import/readHistories" => ExternalAgentConfigImportReadHistories(NoParams) -> v2::ExternalAgentConfigImportHistoriesReadResponse,
            in global_read("imports"),
            partly "connectors",
            fails [IoFailed];
        /// Writes or removes one value in the user's configuration file. Refused with a `config_write_error_code` in
        /// the error data: `configLayerReadonly`, `configVersionConflict`, `configRequirementReadonly` or
        /// `configValidationError`.
        Stable "config/value/write" => ConfigValueWrite(v2::ConfigValueWriteParams) -> v2::ConfigWriteResponse,
            in config_write,
            fails [ConfigInvalid, VersionConflict, ConfigReadonly, ConfigValueInvalid, IoFailed];
        /// Writes several values in the user's configuration file, all or none, and hands them to loaded threads on
        /// request. Refused for the same reasons as `config/value/write`.
        Stable "config/batchWrite" => ConfigBatchWrite(v2::ConfigBatchWriteParams) -> v2::ConfigWriteResponse,
            in config_write,
            fails [ConfigInvalid, VersionConflict, ConfigReadonly, ConfigValueInvalid, IoFailed];
        /// Reads the requirements in force, merged from all their sources. Fails when a source cannot be read or
        /// parsed.
        Stable "configRequirements/read" => ConfigRequirementsRead(NoParams) -> v2::ConfigRequirementsReadResponse,
            in config_read,
            fails [ConfigInvalid];
        /// Tells who is signed in and whether the provider needs it.
        Stable "account/read" => AccountRead(v2::GetAccountParams) -> v2::GetAccountResponse,
            partly "API keys only; a ChatGPT login counts as signed out",
            fails [ConfigInvalid, ServiceUnavailable];
        /// Tells about one stored conversation, by its file or its thread, in the form of version 1.
        Hidden "getConversationSummary" => GetConversationSummary(v1::GetConversationSummaryParams) -> v1::GetConversationSummaryResponse,
            fails [InvalidThreadId, RolloutNotFound];
        /// Compares a working tree with the newest commit that its remote has too.
        Hidden "gitDiffToRemote" => GitDiffToRemote(v1::GitDiffToRemoteParams) -> v1::GitDiffToRemoteResponse;
        /// Tells how the user is signed in, with the token itself when that is asked for.
        Hidden "getAuthStatus" => GetAuthStatus planned (v1::GetAuthStatusParams) -> v1::GetAuthStatusResponse,
            in account_read;
        /// Finds files and directories whose paths loosely match a text, at most 50 of them. What git ignores is left
        /// out, hidden files are kept. A newer call with the same token cancels the older one.
        Stable "fuzzyFileSearch" => FuzzyFileSearch planned (fuzzy_file_search::FuzzyFileSearchParams) -> fuzzy_file_search::FuzzyFileSearchResponse;
        /// Opens a search session over some directories; a session of the same id is replaced silently.
        Experimental "fuzzyFileSearch/sessionStart" => FuzzyFileSearchSessionStart planned (fuzzy_file_search::FuzzyFileSearchSessionStartParams) -> fuzzy_file_search::FuzzyFileSearchSessionStartResponse,
            in fuzzy(session_id);
        /// Gives a session its next query. The results come as `fuzzyFileSearch/sessionUpdated`; an unknown session is
        /// refused.
        Experimental "fuzzyFileSearch/sessionUpdate" => FuzzyFileSearchSessionUpdate planned (fuzzy_file_search::FuzzyFileSearchSessionUpdateParams) -> fuzzy_file_search::FuzzyFileSearchSessionUpdateResponse,
            in fuzzy(session_id),
            causes ["fuzzyFileSearch/sessionUpdated", "fuzzyFileSearch/sessionCompleted"],
            fails [NotFound];
        /// Ends a search session; one that is unknown or already ended does no harm.
        Experimental "fuzzyFileSearch/sessionStop" => FuzzyFileSearchSessionStop planned (fuzzy_file_search::FuzzyFileSearchSessionStopParams) -> fuzzy_file_search::FuzzyFileSearchSessionStopResponse,
            in fuzzy(session_id);
        /// Subscribes the caller to a thread and brings what it has missed of it since a cursor: an extension.
        Extension "ext/thread/replay" => ThreadReplay(ext::ThreadReplayParams) -> ext::ThreadReplayResponse,
            in thread(thread_id),
            causes [
                "thread/status/changed", "thread/goal/updated", "thread/goal/cleared", "warning", "configWarning",
                "item/commandExecution/requestApproval", "item/fileChange/requestApproval",
                "item/tool/requestUserInput", "mcpServer/elicitation/request", "item/permissions/requestApproval",
                "item/tool/call",
            ],
            fails [InvalidParams, InvalidThreadId, RolloutNotFound, ThreadLocked, ConfigInvalid, ThreadArchived];
    }
}
