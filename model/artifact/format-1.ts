/** Upgrades a manifest of format 1, which has no examples and does not tell whether the test texts were held out. */
export function upgradeFormat1({ data, ...manifest }: Record<string, unknown>): Record<string, unknown> {
  return { ...manifest, format: 2, data: { ...(data as object), testShare: null }, examples: [] };
}
