// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { GitInfo } from "./GitInfo";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SessionSource } from "./SessionSource";
import type { ThreadEnvironment } from "./ThreadEnvironment";
import type { ThreadExtra } from "./ThreadExtra";
import type { ThreadHistoryMode } from "./ThreadHistoryMode";
import type { ThreadSection } from "./ThreadSection";
import type { ThreadSource } from "./ThreadSource";
import type { ThreadStatus } from "./ThreadStatus";
import type { Turn } from "./Turn";

/**
 * A conversation.
 */
export type Thread = {
  /**
   * Id of the thread, a UUID of version 7 where a server made it.
   */
  id: string,
  /**
   * Where its commands run, the first being the main one; null when not loaded or not told, empty when it has none.
   * Says nothing about being connected.
   */
  environments: Array<ThreadEnvironment> | null,
  /**
   * Room for data of other servers; null here.
   */
  extra: ThreadExtra | null,
  /**
   * Shared by all threads of one session: a thread and the agents it started. Of a root thread its own id.
   */
  sessionId: string,
  /**
   * The thread it was forked from; null when it was not.
   */
  forkedFromId: string | null,
  /**
   * The thread it is attached to and hidden behind in lists; null for an ordinary one. Not the same as fork or
   * agent.
   */
  attachedToThreadId: string | null,
  /**
   * The thread of the agent that started it; null unless it is a sub-agent's.
   */
  parentThreadId: string | null,
  /**
   * Text of the user's first message, its parts joined without a separator; empty before that.
   */
  preview: string,
  /**
   * Whether it is kept in memory only: no file, no place in lists, `path` null.
   */
  ephemeral: boolean,
  /**
   * The section the user put it in; null for none.
   */
  section: ThreadSection | null,
  /**
   * When it was put there, in Unix seconds; null for none.
   */
  sectionEnteredAt: number | null,
  /**
   * The project it is assigned to; null for none.
   */
  projectId: string | null,
  /**
   * How its history is stored. Default `legacy`, for threads that do not say.
   */
  historyMode: ThreadHistoryMode,
  /**
   * Id of the provider, such as `openai`.
   */
  modelProvider: string,
  /**
   * Slug in use when loaded, else the last one recorded; null when unknown. A single turn may have run on another.
   */
  model: string | null,
  /**
   * Effort in use when loaded, else the last one recorded; null when unset or unknown.
   */
  reasoningEffort: ReasoningEffort | null,
  /**
   * When it was created, in Unix seconds.
   */
  createdAt: number,
  /**
   * When it last changed, in Unix seconds.
   */
  updatedAt: number,
  /**
   * What lists by recency sort by, in Unix seconds; null when unknown.
   */
  recencyAt: number | null,
  /**
   * Whether it is loaded and busy.
   */
  status: ThreadStatus,
  /**
   * Its rollout file; null when ephemeral. Set before the file exists, which is with the first turn. Not a stable
   * place to rely on.
   */
  path: string | null,
  /**
   * Its working directory.
   */
  cwd: AbsolutePathBuf,
  /**
   * Version of the program that created it.
   */
  cliVersion: string,
  /**
   * The client that created it, whoever uses it now; null when not recorded.
   */
  originator: string | null,
  /**
   * What kind of program created it.
   */
  source: SessionSource,
  /**
   * Whether `turn/start` is accepted; null when it cannot be told, as for a stored thread.
   */
  canAcceptDirectInput: boolean | null,
  /**
   * What the client said about why it was started, for statistics; null when it said nothing.
   */
  threadSource: ThreadSource | null,
  /**
   * Random name of a sub-agent, for telling them apart; null for others.
   */
  agentNickname: string | null,
  /**
   * Role a sub-agent was started in; null for others.
   */
  agentRole: string | null,
  /**
   * The repository as it was when the thread was created; null outside one.
   */
  gitInfo: GitInfo | null,
  /**
   * Title the user gave; null when none.
   */
  name: string | null,
  /**
   * The saved choice about the Daybreak programme; null when none was made. Turns do not follow it by themselves.
   */
  daybreakEnabled: boolean | null,
  /**
   * Its turns, the oldest first. Filled only by `thread/resume`, `thread/fork` and `thread/read` when asked for;
   * else empty.
   */
  turns: Array<Turn>,
};
