import type { AlertingRule } from '../rule.ts';
import type { Thresholds } from '../thresholds.ts';

type UpkeepThresholds = Pick<Thresholds, 'certificateDays' | 'logsBehindSeconds'>;

/** Alerts for what stands beside the service: certificate, API keys and log shipper. */
export function upkeepAlerts({ certificateDays, logsBehindSeconds }: UpkeepThresholds): AlertingRule[] {
  return [
    {
      ...{ alert: 'CertificateExpires', for: '5m', labels: { severity: 'warning' } },
      expr: `min by (instance) (intent_tls_certificate_expiry_timestamp_seconds) - time() < ${certificateDays * 86_400}`,
      annotations: {
        summary: 'The certificate of {{ $labels.instance }} expires in {{ $value | humanizeDuration }}',
        description: `Fewer than ${certificateDays} days are left. Machines make their certificate when they boot: replace the machine, by a deployment or by ending it; its group boots another.`,
      },
    },
    {
      ...{ alert: 'ApiKeysOld', for: '1m', labels: { severity: 'warning' } },
      expr: 'time() - min by (instance) (intent_api_keys_read_timestamp_seconds) > 300',
      annotations: {
        summary: 'The API keys of {{ $labels.instance }} are {{ $value | humanizeDuration }} old',
        description:
          'The machine cannot read the API keys: a key that was revoked since is still taken there, and a new one refused. make logs MACHINE={{ $labels.instance }} UNIT=system MATCH=API shows why: permissions, throttling, or no network.',
      },
    },
    {
      ...{ alert: 'LogsBehind', for: '5m', labels: { severity: 'warning' } },
      expr: `max by (instance) (intent_logs_behind_seconds) > ${logsBehindSeconds}`,
      annotations: {
        summary: 'The logs of {{ $labels.instance }} are {{ $value | humanizeDuration }} behind',
        description: `Lines wait for more than ${logsBehindSeconds} s; the journal keeps them until its limit. make logs MACHINE={{ $labels.instance }} UNIT=system MATCH=intent-fleet-logs shows why CloudWatch Logs does not take them: permissions, throttling, or no network.`,
      },
    },
    {
      ...{ alert: 'ShadowDown', for: '5m', labels: { severity: 'warning' } },
      expr: 'max by (instance, candidate) (intent_shadow_up) == 0',
      annotations: {
        summary: 'Release {{ $labels.candidate }} does not answer as a shadow on {{ $labels.instance }}',
        description:
          'People get their answers all the same, but nothing is compared there. make logs MACHINE={{ $labels.instance }} UNIT=system MATCH=intent-fleet-shadow shows whether its worker died or hung; it would in service, too.',
      },
    },
    {
      ...{ alert: 'LogShipperDead', for: '5m', labels: { severity: 'warning' } },
      // The directory of its figures goes with its unit; a shipper that hangs leaves them to age.
      expr: [
        'up{job="node"} == 1 unless on (instance) intent_logs_behind_seconds',
        'or time() - max by (instance) (node_textfile_mtime_seconds{file=~".*/intent-fleet-logs/.*"}) > 120',
      ].join(' '),
      annotations: {
        summary: 'The log shipper of {{ $labels.instance }} is dead',
        description:
          'Its figures are missing or old: no line of this machine is stored. On the machine, systemctl status intent-fleet-logs says why; or end the machine, and its group boots another.',
      },
    },
  ];
}
