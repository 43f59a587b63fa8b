import test from 'ava';
import { OutageReport } from '../../common/outage-report.ts';

test('an outage is said when it begins and when it is over, with the number of attempts', async (t) => {
  const said: string[] = [];
  const outage = new OutageReport({
    fails: (message) => `fails: ${message}`,
    works: (failures) => `works after ${failures}`,
    report: (sentence) => said.push(sentence),
  });
  const outcomes = [];
  for (const outcome of [1, new Error('a'), new Error('b'), 2, 3, new Error('c'), 4])
    outcomes.push(
      await outage.during(async () => {
        if (outcome instanceof Error) throw outcome;
        return outcome;
      }),
    );
  t.deepEqual(outcomes, [1, undefined, undefined, 2, 3, undefined, 4]);
  t.deepEqual(said, ['fails: a', 'works after 2', 'fails: c', 'works after 1']);
});
