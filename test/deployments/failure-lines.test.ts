import test from 'ava';
import { failureLines } from '../../deployments/failure-lines.ts';
import type { LineSelection, StoredLine } from '../../deployments/stored-logs.ts';

const wrong = '{"level":"error","msg":"request failed"}';

const messages: [machine: string, message: string][] = [
  ['i-new', 'Starting intent-fleet@0.service - Classifies intents...'],
  ['i-new', 'out of order'],
  ['i-new', 'intent-fleet@0.service: Main process exited, code=exited, status=3/NOTIMPLEMENTED'],
  ['i-new', 'intent-fleet@0.service: Scheduled restart job, restart counter is at 1.'],
  ['i-live', wrong],
  ['i-new', '{"level":"info","msg":"request"}'],
  ['i-new', wrong],
  ['i-other', '{"level":"warn","msg":"slow"}'],
];

/** Logs that have these messages, a millisecond apart; `selections` has what was read. */
function logsWith(selections: LineSelection[]) {
  return {
    async *read(selection: LineSelection): AsyncGenerator<StoredLine> {
      selections.push(selection);
      for (const [timestamp, [machine, message]] of messages.entries())
        yield { id: `${timestamp}`, machine, unit: 'service', timestamp, message };
    },
  };
}

test('what the services of machines that do not serve have said of trouble is returned', async (t) => {
  const selections: LineSelection[] = [];
  const lines = await failureLines(logsWith(selections), { since: 5, serving: ['i-live'], most: 2 });
  t.deepEqual(selections, [{ units: ['service'], since: 5 }]);
  t.deepEqual(
    lines.map(({ machine, message }) => [machine, message]),
    [messages[2], messages[6], messages[7]] as [string, string][],
  );
});
