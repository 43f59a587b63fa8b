import test from 'ava';
import { parse } from 'yaml';
import { ruleGroups, rulesFile } from '../../monitoring/rules.ts';

test('the file has all groups, without aliases, and is the same each time', (t) => {
  const file = rulesFile();
  t.is(rulesFile(), file);
  t.deepEqual(parse(file, { maxAliasCount: 0 }), { groups: ruleGroups() });
  t.deepEqual(
    ruleGroups().map(({ name }) => name),
    ['drift', 'availability', 'traffic', 'saturation', 'upkeep'],
  );
});

test('an alert takes its threshold from what is given', (t) => {
  const rules = ruleGroups({ errorPercent: 2, p90Milliseconds: 60_000 }).flatMap((group) => group.rules);
  const asked = 'route!~"/health|/ready|/v2/health/(live|ready)"';
  const enough = `and on () (sum(rate(intent_http_requests_total{${asked}}[5m])) * 60 >= 20)`;
  t.deepEqual(
    rules.find((rule) => 'alert' in rule && rule.alert === 'RequestsFail'),
    {
      alert: 'RequestsFail',
      for: '2m',
      labels: { severity: 'critical' },
      expr: `100 * sum(rate(intent_http_requests_total{${asked},status=~"5.."}[5m])) / sum(rate(intent_http_requests_total{${asked}}[5m])) > 2 ${enough}`,
      annotations: {
        summary: '{{ $value | printf "%.1f" }} % of the requests fail',
        description:
          'More than 2 % are answered with a status from 500. make logs UNIT=service MATCH=error shows the errors; when they began with a deployment, go back to the release before it.',
      },
    },
  );
  // No percentile is larger than the histogram's last bound.
  t.is(
    rules.find((rule) => 'alert' in rule && rule.alert === 'AnswersSlow')?.expr,
    `histogram_quantile(0.9, sum by (le) (rate(intent_http_request_duration_seconds_bucket{${asked}}[5m]))) >= 1.6384 ${enough}`,
  );
});
