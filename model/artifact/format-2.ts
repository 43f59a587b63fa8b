/** Upgrades a manifest of format 2, which does not tell what the model predicted of held-out texts. */
export function upgradeFormat2(manifest: Record<string, unknown>): Record<string, unknown> {
  return { ...manifest, format: 3, reference: null };
}
