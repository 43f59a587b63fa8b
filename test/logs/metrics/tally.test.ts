import test from 'ava';
import { Tally } from '../../../logs/metrics/tally.ts';
import { WaitingLines } from '../../../logs/metrics/waiting-lines.ts';

test('every unit is there from the start; counts add up, and the oldest line of all sources counts', (t) => {
  const [journal, accessLog] = [new WaitingLines(), new WaitingLines()];
  const tally = new Tally([journal, accessLog]);
  journal.enter({ lines: [{ unit: 'proxy', timestamp: 9000, message: 'later' }], position: '1' });
  accessLog.enter({ lines: [{ unit: 'proxy', timestamp: 7500, message: 'earlier' }], position: '1' });
  journal.enter({ lines: [{ unit: 'system', timestamp: 99_000, message: 'of a clock that is ahead' }], position: '2' });
  tally.stored('service', 3);
  tally.stored('service', 4);
  tally.failed();
  t.is(
    tally.exposition(10_000),
    `# HELP intent_logs_shipped_lines_total Log lines that CloudWatch has stored
# TYPE intent_logs_shipped_lines_total counter
intent_logs_shipped_lines_total{unit="service"} 7
intent_logs_shipped_lines_total{unit="proxy"} 0
intent_logs_shipped_lines_total{unit="bootstrap"} 0
intent_logs_shipped_lines_total{unit="cloud-init"} 0
intent_logs_shipped_lines_total{unit="system"} 0
# HELP intent_logs_behind_seconds Age of the oldest log line that is not stored yet; 0 when all are
# TYPE intent_logs_behind_seconds gauge
intent_logs_behind_seconds{unit="service"} 0
intent_logs_behind_seconds{unit="proxy"} 2.5
intent_logs_behind_seconds{unit="bootstrap"} 0
intent_logs_behind_seconds{unit="cloud-init"} 0
intent_logs_behind_seconds{unit="system"} 0
# HELP intent_logs_failed_requests_total Requests that CloudWatch did not answer, or refused
# TYPE intent_logs_failed_requests_total counter
intent_logs_failed_requests_total 1
`,
  );
});
