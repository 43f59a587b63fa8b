import type { AlertingRule } from '../rule.ts';
import { asked } from '../selectors.ts';
import type { Thresholds } from '../thresholds.ts';

// The last finite bound of the histogram: no percentile that it gives is larger.
const largestMeasuredSeconds = 1.6384;

type TrafficThresholds = Pick<Thresholds, 'errorPercent' | 'p90Milliseconds' | 'leastRequestsPerMinute'>;

/** Alerts for what people notice: failures and slow answers. */
export function trafficAlerts(thresholds: TrafficThresholds): AlertingRule[] {
  const requests = `rate(intent_http_requests_total{${asked}}[5m])`;
  const enough = `and on () (sum(${requests}) * 60 >= ${thresholds.leastRequestsPerMinute})`;
  return [failures(thresholds, requests, enough), slowness(thresholds, enough)];
}

function failures({ errorPercent }: TrafficThresholds, requests: string, enough: string): AlertingRule {
  const failed = requests.replace(asked, `${asked},status=~"5.."`);
  return {
    ...{ alert: 'RequestsFail', for: '2m', labels: { severity: 'critical' } },
    expr: `100 * sum(${failed}) / sum(${requests}) > ${errorPercent} ${enough}`,
    annotations: {
      summary: '{{ $value | printf "%.1f" }} % of the requests fail',
      description: `More than ${errorPercent} % are answered with a status from 500. make logs UNIT=service MATCH=error shows the errors; when they began with a deployment, go back to the release before it.`,
    },
  };
}

function slowness({ p90Milliseconds }: TrafficThresholds, enough: string): AlertingRule {
  const seconds = Math.min(p90Milliseconds / 1000, largestMeasuredSeconds);
  const buckets = `rate(intent_http_request_duration_seconds_bucket{${asked}}[5m])`;
  return {
    ...{ alert: 'AnswersSlow', for: '5m', labels: { severity: 'warning' } },
    expr: `histogram_quantile(0.9, sum by (le) (${buckets})) >= ${seconds} ${enough}`,
    annotations: {
      summary: 'A tenth of the answers takes {{ $value | humanizeDuration }} or longer',
      description: `It should take at most ${p90Milliseconds} ms. The panels of machines tell whether one is slow or all are busy: make status shows the CPU of each; raise fleet.size.max or lower the targets of scaling.`,
    },
  };
}
