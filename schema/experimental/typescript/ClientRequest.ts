// Generated from the protocol crate; do not edit.

import type { CollaborationModeListParams } from "./v2/CollaborationModeListParams";
import type { ConfigReadParams } from "./v2/ConfigReadParams";
import type { GetAccountParams } from "./v2/GetAccountParams";
import type { InitializeParams } from "./InitializeParams";
import type { MockExperimentalMethodParams } from "./v2/MockExperimentalMethodParams";
import type { ModelListParams } from "./v2/ModelListParams";
import type { RequestId } from "./RequestId";
import type { ThreadCompactStartParams } from "./v2/ThreadCompactStartParams";
import type { ThreadListParams } from "./v2/ThreadListParams";
import type { ThreadLoadedListParams } from "./v2/ThreadLoadedListParams";
import type { ThreadReadParams } from "./v2/ThreadReadParams";
import type { ThreadResumeParams } from "./v2/ThreadResumeParams";
import type { ThreadSetNameParams } from "./v2/ThreadSetNameParams";
import type { ThreadStartParams } from "./v2/ThreadStartParams";
import type { ThreadUnsubscribeParams } from "./v2/ThreadUnsubscribeParams";
import type { TurnInterruptParams } from "./v2/TurnInterruptParams";
import type { TurnStartParams } from "./v2/TurnStartParams";
import type { TurnSteerParams } from "./v2/TurnSteerParams";

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
   * Shortens the history that the model sees, as a turn of its own.
   */
  | {
    method: "thread/compact/start",
    id: RequestId,
    params: ThreadCompactStartParams,
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
   * Lists the models that clients can offer.
   */
  | {
    method: "model/list",
    id: RequestId,
    params: ModelListParams,
  }
  /**
   * Lists the ways in which the agent can work with the user.
   */
  | {
    method: "collaborationMode/list",
    id: RequestId,
    params: CollaborationModeListParams,
  }
  /**
   * Echoes its value: for testing the experimental gate.
   */
  | {
    method: "mock/experimentalMethod",
    id: RequestId,
    params: MockExperimentalMethodParams,
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
   * Tells who is signed in and whether the provider needs it.
   */
  | {
    method: "account/read",
    id: RequestId,
    params: GetAccountParams,
  };
