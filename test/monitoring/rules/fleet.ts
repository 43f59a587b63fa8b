import { bucketBounds } from '../../../monitoring/rules/drift.ts';
import type { Series } from './promtool.ts';

const machines = ['i-1', 'i-2'];

/** The series of two healthy machines with one worker each, for 45 minutes. */
export function healthyFleet(): Series {
  return Object.assign({}, ...machines.map(healthyMachine), reference(), {
    'prometheus_rule_evaluation_failures_total{job="prometheus",rule_group="drift"}': '0x45',
    'prometheus_sd_refresh_failures_total{job="prometheus",mechanism="ec2"}': '0x45',
    'up{job="prometheus",instance="localhost"}': '1x45',
  });
}

function healthyMachine(instance: string): Series {
  const worker = `instance="${instance}",job="service",worker="8081"`;
  const buckets = (name: string, labels: string, perMinute: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(perMinute).map(([le, count]) => [
        `${name}_bucket{${worker},${labels}le="${le}"}`,
        `0+${count}x45`,
      ]),
    );
  return {
    [`up{${worker}}`]: '1x45',
    [`up{instance="${instance}",job="nginx"}`]: '1x45',
    [`up{instance="${instance}",job="node"}`]: '1x45',
    [`intent_http_requests_total{${worker},method="POST",route="/predict",status="200"}`]: '0+60x45',
    [`intent_http_requests_total{${worker},method="POST",route="/predict",status="500"}`]: '0+1x45',
    [`intent_http_requests_total{${worker},method="GET",route="/health",status="200"}`]: '0+600x45',
    ...buckets('intent_http_request_duration_seconds', 'route="/predict",', {
      0.0016: 50,
      0.4096: 60,
      1.6384: 60,
      '+Inf': 60,
    }),
    [`intent_http_requests_in_flight{${worker}}`]: '3x45',
    [`nodejs_eventloop_lag_p99_seconds{${worker}}`]: '0.041x45',
    [`intent_tls_certificate_expiry_timestamp_seconds{${worker}}`]: `${3650 * 86_400}x45`,
    [`intent_api_keys_read_timestamp_seconds{${worker}}`]: '0+60x45',
    [`intent_predictions_total{${worker},intent="greeting",model="m"}`]: '0+30x45',
    [`intent_predictions_total{${worker},intent="question",model="m"}`]: '0+30x45',
    [`intent_predictions_total{${worker},intent="unknown",model="m"}`]: '0+0x45',
    ...buckets('intent_prediction_confidence_ratio', 'model="m",', confidences),
    [`intent_prediction_confidence_ratio_count{${worker},model="m"}`]: '0+60x45',
    ...exporters(instance),
  };
}

// Predictions a minute up to each bound: a third between 0.5 and 0.6, two thirds between 0.9 and 0.95.
const confidences = Object.fromEntries(bucketBounds.map((le) => [le, upTo(le)]));

function upTo(le: string): number {
  const bound = Number(le === '+Inf' ? Number.POSITIVE_INFINITY : le);
  if (bound < 0.6) return 0;
  return bound < 0.95 ? 20 : 60;
}

function exporters(instance: string): Series {
  const node = `instance="${instance}",job="node"`;
  return {
    [`node_cpu_seconds_total{${node},cpu="0",mode="idle"}`]: '0+30x45',
    [`node_cpu_seconds_total{${node},cpu="0",mode="user"}`]: '0+30x45',
    [`node_memory_MemAvailable_bytes{${node}}`]: '600x45',
    [`node_memory_MemTotal_bytes{${node}}`]: '1000x45',
    [`node_filesystem_avail_bytes{${node},mountpoint="/"}`]: '600x45',
    [`node_filesystem_size_bytes{${node},mountpoint="/"}`]: '1000x45',
    [`intent_logs_behind_seconds{${node},unit="service"}`]: '1x45',
    [`node_textfile_mtime_seconds{${node},file="/run/intent-fleet-logs/metrics.prom"}`]: '0+60x45',
  };
}

function reference(): Series {
  const shares = { greeting: 0.45, question: 0.55, unknown: 0 };
  return Object.fromEntries([
    ...Object.entries(shares).map(([intent, share]) => [
      `intent_model_reference_intent_ratio{instance="i-1",intent="${intent}",model="m"}`,
      `${share}x45`,
    ]),
    ...bucketBounds.map((le) => [
      `intent_model_reference_confidence_ratio{instance="i-1",le="${le}",model="m"}`,
      `${upTo(le) / 60}x45`,
    ]),
  ]);
}
