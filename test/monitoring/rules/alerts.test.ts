import test from 'ava';
import { ruleGroups } from '../../../monitoring/rules.ts';
import { withPrometheus } from '../../support/prometheus.ts';
import { healthyFleet } from './fleet.ts';
import { type Series, testRules } from './promtool.ts';

const worker = 'instance="i-1",job="service",worker="8081"';
const node = 'instance="i-1",job="node"';
const predict = (instance: string, status: number) =>
  `intent_http_requests_total{instance="${instance}",job="service",worker="8081",method="POST",route="/predict",status="${status}"}`;
const bucket = (instance: string, le: string) =>
  `intent_http_request_duration_seconds_bucket{instance="${instance}",job="service",worker="8081",route="/predict",le="${le}"}`;
const confidence = (instance: string, le: string) =>
  `intent_prediction_confidence_ratio_bucket{instance="${instance}",job="service",worker="8081",model="m",le="${le}"}`;
const predictions = (instance: string, intent: string) =>
  `intent_predictions_total{instance="${instance}",job="service",worker="8081",intent="${intent}",model="m"}`;

interface Fault {
  alert: string;
  fault: string;
  /** The series that differ from those of a healthy fleet; one without values is missing. */
  series: Series;
  /** What else rings. */
  besides?: Record<string, number>;
}

const faults: readonly Fault[] = [
  {
    ...{ alert: 'NoMachineServes', fault: 'no worker answers', besides: { MachineDown: 2 } },
    series: { [`up{${worker}}`]: '0x45', [`up{${worker.replace('i-1', 'i-2')}}`]: '0x45' },
  },
  {
    ...{ alert: 'NoTargets', fault: 'the discovery finds nothing' },
    series: { [`up{${worker}}`]: '', [`up{${worker.replace('i-1', 'i-2')}}`]: '' },
  },
  {
    ...{ alert: 'DiscoveryFails', fault: 'EC2 does not answer any more' },
    series: { 'prometheus_sd_refresh_failures_total{job="prometheus",mechanism="ec2"}': '0+4x45' },
  },
  { ...{ alert: 'MachineDown', fault: 'one machine does not answer' }, series: { [`up{${worker}}`]: '0x45' } },
  {
    ...{ alert: 'WorkerDown', fault: 'one of two workers does not answer' },
    series: { [`up{${worker.replace('8081', '8082')}}`]: '0x45' },
  },
  { ...{ alert: 'TargetDown', fault: 'an exporter does not answer' }, series: { [`up{${node}}`]: '0x45' } },
  {
    ...{ alert: 'RulesFail', fault: 'a rule fails' },
    series: { 'prometheus_rule_evaluation_failures_total{job="prometheus",rule_group="drift"}': '0+1x45' },
  },
  {
    ...{ alert: 'RequestsFail', fault: 'a seventh of the requests fails' },
    series: { [predict('i-1', 500)]: '0+10x45', [predict('i-2', 500)]: '0+10x45' },
  },
  {
    ...{ alert: 'AnswersSlow', fault: 'a sixth of the answers takes half a second and more' },
    series: { [bucket('i-1', '0.4096')]: '0+50x45', [bucket('i-2', '0.4096')]: '0+50x45' },
  },
  {
    ...{ alert: 'CpuBusy', fault: 'a processor is idle for 3 of 60 seconds' },
    series: { [`node_cpu_seconds_total{${node},cpu="0",mode="idle"}`]: '0+3x45' },
  },
  {
    ...{ alert: 'EventLoopLate', fault: 'a worker is late' },
    series: { [`nodejs_eventloop_lag_p99_seconds{${worker}}`]: '0.3x45' },
  },
  {
    ...{ alert: 'RequestsPile', fault: 'a machine answers too little' },
    series: { [`intent_http_requests_in_flight{${worker}}`]: '250x45' },
  },
  {
    ...{ alert: 'MemoryFull', fault: 'little memory is left' },
    series: { [`node_memory_MemAvailable_bytes{${node}}`]: '50x45' },
  },
  {
    ...{ alert: 'DiskFull', fault: 'little disk is left' },
    series: { [`node_filesystem_avail_bytes{${node},mountpoint="/"}`]: '100x45' },
  },
  {
    ...{ alert: 'CertificateExpires', fault: 'a certificate has 13 days left' },
    series: { [`intent_tls_certificate_expiry_timestamp_seconds{${worker}}`]: `${13 * 86_400}x45` },
  },
  {
    ...{ alert: 'ApiKeysOld', fault: 'the keys cannot be read' },
    series: { [`intent_api_keys_read_timestamp_seconds{${worker}}`]: '0x45' },
  },
  {
    ...{ alert: 'LogsBehind', fault: 'lines wait' },
    series: { [`intent_logs_behind_seconds{${node},unit="service"}`]: '400x45' },
  },
  {
    ...{ alert: 'ShadowDown', fault: 'the worker of the shadow dies again and again' },
    series: { [`intent_shadow_up{${node},candidate="0123456789abcdef"}`]: '0x45' },
  },
  {
    ...{ alert: 'LogShipperDead', fault: 'its figures are gone' },
    series: { [`intent_logs_behind_seconds{${node},unit="service"}`]: '' },
  },
  {
    ...{ alert: 'LogShipperDead', fault: 'its figures are old' },
    series: { [`node_textfile_mtime_seconds{${node},file="/run/intent-fleet-logs/metrics.prom"}`]: '0x45' },
  },
  {
    ...{ alert: 'IntentsDrift', fault: 'people ask for something else' },
    series: { [predictions('i-1', 'unknown')]: '0+60x45', [predictions('i-2', 'unknown')]: '0+60x45' },
  },
  {
    ...{ alert: 'ConfidenceDrifts', fault: 'the model is less sure' },
    series: { [confidence('i-1', '0.6')]: '0+55x45', [confidence('i-2', '0.6')]: '0+55x45' },
  },
];

const resting: readonly { what: string; series: Series }[] = [
  { what: 'a healthy fleet', series: {} },
  {
    what: 'a fleet whose few requests all fail, slowly',
    series: Object.fromEntries(
      ['i-1', 'i-2'].flatMap((instance) => [
        [predict(instance, 200), '0x45'],
        [predict(instance, 500), '0+5x45'],
        [bucket(instance, '0.0016'), '0x45'],
        [bucket(instance, '0.4096'), '0x45'],
      ]),
    ),
  },
  {
    what: 'a discovery that failed for a minute',
    series: { 'prometheus_sd_refresh_failures_total{job="prometheus",mechanism="ec2"}': '0x15 4x30' },
  },
  {
    what: 'a fleet whose probes fail',
    series: {
      [predict('i-1', 500).replace('POST', 'GET').replace('/predict', '/ready')]: '0+600x45',
    },
  },
  {
    what: 'a model without a reference',
    series: Object.fromEntries(
      Object.keys(healthyFleet())
        .filter((name) => name.startsWith('intent_model_reference_'))
        .map((name) => [name, '']),
    ),
  },
  {
    what: 'a drift of few predictions',
    series: Object.fromEntries(
      ['i-1', 'i-2'].flatMap((instance) => [
        [predictions(instance, 'greeting'), '0x45'],
        [predictions(instance, 'question'), '0x45'],
        [predictions(instance, 'unknown'), '0+4x45'],
      ]),
    ),
  },
];

const ringing = 'count by (alertname) (ALERTS{alertstate="firing"})';

function named(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([alert, count]) => [`{alertname="${alert}"}`, count]));
}

function fleetWith(series: Series): Series {
  return Object.fromEntries(Object.entries({ ...healthyFleet(), ...series }).filter(([, values]) => values));
}

for (const { alert, fault, series, besides = {} } of faults)
  withPrometheus(`${alert} rings when ${fault}, and nothing else`, async (t, programs) => {
    const values = named({ [alert]: 1, ...besides });
    await testRules(t, programs, fleetWith(series), [{ at: '45m', expression: ringing, values }]);
  });

for (const { what, series } of resting)
  withPrometheus(`no alert rings for ${what}`, async (t, programs) => {
    const expectations = ['1m', '20m', '45m'].map((at) => ({ at, expression: ringing, values: {} }));
    await testRules(t, programs, fleetWith(series), expectations);
  });

test('every alert has a fault for which it is tested, a severity, and says what to do', (t) => {
  const alerts = ruleGroups().flatMap(({ rules }) => rules.filter((rule) => 'alert' in rule));
  t.deepEqual([...new Set(faults.map(({ alert }) => alert))].sort(), alerts.map(({ alert }) => alert).sort());
  for (const { alert, annotations } of alerts) t.true(annotations.description.length > 60, alert);
});
