/** Paths on a machine; templates get them as `paths`. */
export const paths = {
  current: '/opt/intent-fleet/current',
  configuration: '/etc/intent-fleet',
  tls: '/etc/intent-fleet/tls',
  logs: '/var/log/intent-fleet',
  recap: '/var/log/intent-fleet/recap.json',
} as const;

/** The user that the workers run as. */
export const serviceUser = 'intent-fleet';
