// Generated from the protocol crate; do not edit.

/**
 * What `thread/unsubscribe` found.
 *
 * - "notLoaded": No such thread is loaded.
 * - "notSubscribed": The connection was no subscriber.
 * - "unsubscribed": It was, and is no more.
 */
export type ThreadUnsubscribeStatus = "notLoaded" | "notSubscribed" | "unsubscribed";
