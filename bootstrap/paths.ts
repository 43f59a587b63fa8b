/** Paths on a machine; templates get them as `paths`. */
export const paths = {
  current: '/opt/intent-fleet/current',
  configuration: '/etc/intent-fleet',
  tls: '/etc/intent-fleet/tls',
  state: '/var/lib/intent-fleet',
  serving: '/var/lib/intent-fleet/serving',
  logs: '/var/log/intent-fleet',
  recap: '/var/log/intent-fleet/recap.json',
  /** The API keys that workers know, and the header by which the machine itself asks them: the state directory of the key reader's unit. */
  apiKeys: '/var/lib/intent-fleet-keys/keys.json',
  authorization: '/var/lib/intent-fleet-keys/authorization',
  /** The key of predictions, and the folder in which feedback waits: the state directory of the feedback store's unit. */
  predictionKey: '/var/lib/intent-fleet-feedback/prediction-key',
  feedback: '/var/lib/intent-fleet-feedback/spool',
  /** Where the release that runs as a shadow is: the state directory of what fetches it. */
  shadow: '/var/lib/intent-fleet-shadow',
  copies: '/run/intent-fleet-shadow/copies.sock',
  shadowMetrics: '/run/intent-fleet-shadow/metrics.prom',
  console: '/dev/console',
  accessLog: '/var/log/nginx/access.log',
  /** Metrics of programs that have no listener, which the node exporter reads: the runtime directories of their units. */
  textfiles: '/run/intent-fleet-*',
  shipperMetrics: '/run/intent-fleet-logs/metrics.prom',
  feedbackMetrics: '/run/intent-fleet-feedback/metrics.prom',
} as const;

/** The file that exists once a machine has verified a release. Without it, nginx answers the health check with 503. */
export function servingMarker(release: string): string {
  return `${paths.serving}/${release}`;
}

/** The user that the workers run as. */
export const serviceUser = 'intent-fleet';

/** The user that the feedback store runs as. */
export const feedbackUser = 'intent-fleet-feedback';

/** The unit of the feedback store. */
export const feedbackUnit = 'intent-fleet-feedback.service';

/** The user that fetches the shadow and runs it. */
export const shadowUser = 'intent-fleet-shadow';

/** The user of what fetches it, whose role's credentials the shadow must not see. */
export const shadowFetchUser = 'intent-fleet-fetch';

/** The units of what fetches the shadow and of what runs it, and their slice: a dash in its name would make it part of another one. */
export const shadowFetchUnit = 'intent-fleet-shadow-fetch.service';
export const shadowUnit = 'intent-fleet-shadow.service';
export const shadowSlice = 'shadow.slice';

/** The user that the log shipper runs as. */
export const shipperUser = 'intent-fleet-logs';

/** The user that the key reader runs as. */
export const keysUser = 'intent-fleet-keys';

/** The unit of the key reader. */
export const keysUnit = 'intent-fleet-keys.service';

/** The unit of the log shipper. */
export const shipperUnit = 'intent-fleet-logs.service';

/** The units of Debian's packages that expose metrics of the machine and of nginx. */
export const nodeExporterUnit = 'prometheus-node-exporter.service';
export const nginxExporterUnit = 'prometheus-nginx-exporter.service';

/** The unit of Debian's package of Prometheus. */
export const prometheusUnit = 'prometheus.service';
