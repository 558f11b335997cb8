// A client's `call`, typed by the method: what must compile and, marked, what must not.

import type { ClientRequests, ServerNotification, v2 } from "../../schema/typescript";
import type { ClientRequests as AllRequests } from "../../schema/experimental/typescript";

declare function call<M extends keyof ClientRequests>(
  method: M,
  params: ClientRequests[M]["params"],
): Promise<ClientRequests[M]["result"]>;
declare function callAny<M extends keyof AllRequests>(
  method: M,
  params: AllRequests[M]["params"],
): Promise<AllRequests[M]["result"]>;

export async function talk(text: string): Promise<string> {
  const { thread } = await call("thread/start", { cwd: "/src" });
  const { turn } = await call("turn/start", {
    threadId: thread.id,
    input: [{ type: "text", text, text_elements: [] }],
  });
  const { process } = await callAny("server/diagnostics", {});
  return `${turn.id} in ${process.id}`;
}

export function textOf(message: ServerNotification): string {
  switch (message.method) {
    case "item/agentMessage/delta":
      return message.params.delta;
    case "item/completed":
      return describe(message.params.item);
    default:
      return "";
  }
}

function describe(item: v2.ThreadItem): string {
  return item.type === "agentMessage" ? item.text : item.type;
}

// @ts-expect-error: the thread is missing
export const noThread = call("turn/start", { input: [] });
// @ts-expect-error: an experimental method is not in the stable export
export const notStable = call("server/diagnostics", {});
