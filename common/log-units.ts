/**
 * What the log lines of machines are divided by; each has a log group of its own. `service` are the workers, `proxy` is nginx,
 * `bootstrap` the user data, `cloud-init` what runs before it, and `system` all the rest of the journal.
 */
export const logUnits = ['service', 'proxy', 'bootstrap', 'cloud-init', 'system'] as const;

export type LogUnit = (typeof logUnits)[number];

/** Returns the name of the log group of a unit; `prefix` is that of the stage's groups, such as `/intent-fleet-production`. */
export function logGroupName(prefix: string, unit: LogUnit): string {
  return `${prefix}/${unit}`;
}
