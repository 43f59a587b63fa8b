/** Returns the header that proves an API key; none without a key. */
export function keyHeader(apiKey: string | undefined): { authorization?: string } {
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}
