// Generated from the protocol crate; do not edit.

/**
 * Kinds of login, as reported by `account/updated`.
 *
 * - "apikey": An API key that the client gave and the server stores.
 * - "chatgpt": A ChatGPT login whose tokens the server stores and renews.
 * - "chatgptAuthTokens": ChatGPT tokens that the client supplies and renews; the server holds them in memory only. Unstable, and meant for OpenAI's own apps.
 * - "headers": Headers that are sent along with requests to the backend.
 * - "agentIdentity": A registered agent identity, for programs.
 * - "personalAccessToken": A personal access token, for programs.
 * - "bedrockApiKey": A bearer token for Amazon Bedrock that the server stores.
 * - "bedrockAccessKeys": AWS access keys for Amazon Bedrock that the server stores.
 */
export type AuthMode = "apikey" | "chatgpt" | "chatgptAuthTokens" | "headers" | "agentIdentity" | "personalAccessToken" | "bedrockApiKey" | "bedrockAccessKeys";
