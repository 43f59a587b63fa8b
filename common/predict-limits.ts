/** The service's limits on what a request may ask, unless its environment has others; the bootstrap sets none. */
export const predictLimits = { textCharacters: 2000, batchTexts: 64, alternatives: 100 } as const;
