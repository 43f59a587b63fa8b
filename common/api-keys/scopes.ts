/** What an API key may be used for. */
export const apiKeyScopes = ['predict', 'feedback'] as const;

export type ApiKeyScope = (typeof apiKeyScopes)[number];
