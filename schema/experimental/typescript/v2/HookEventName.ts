// Generated from the protocol crate; do not edit.

/**
 * The point of a session at which a hook runs.
 *
 * - "preModelRequest": Before a request goes to the model.
 * - "postModelRequest": After a request to the model.
 * - "preToolUse": Before a tool runs; the hook may refuse the call or change a command.
 * - "permissionRequest": Before the user is asked for an approval; the hook may allow or deny in the user's place.
 * - "postToolUse": After a tool ran; the hook may replace what the model sees of the output.
 * - "preCompact": Before the history is compacted.
 * - "postCompact": After the history was compacted.
 * - "sessionStart": When a session starts, resumes, is cleared or compacted; runs with the first turn after that.
 * - "sessionEnd": When a session ends, once per loaded thread.
 * - "userPromptSubmit": When the user sends a message, before the model sees it.
 * - "subagentStart": When a subagent starts.
 * - "subagentStop": When a subagent is done.
 * - "stop": When the model is done with a turn; the hook may make it go on.
 * - "interrupt": When a turn is interrupted.
 */
export type HookEventName = "preModelRequest" | "postModelRequest" | "preToolUse" | "permissionRequest" | "postToolUse" | "preCompact" | "postCompact" | "sessionStart" | "sessionEnd" | "userPromptSubmit" | "subagentStart" | "subagentStop" | "stop" | "interrupt";
