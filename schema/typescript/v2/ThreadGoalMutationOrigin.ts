// Generated from the protocol crate; do not edit.

/**
 * Who wants a goal to change.
 *
 * - "user": The user, by an action of their own.
 * - "automatic": Nobody in particular: the goal changes by itself, in the course of the work on it.
 */
export type ThreadGoalMutationOrigin = "user" | "automatic";
