import test from 'ava';
import { runSummaries, runsText } from '../../../scripts/command-line/runs-text.ts';
import { Tracker } from '../../../tracking/tracker.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const description = {
  ...{ name: 'train', parent: null, parameters: {}, inputs: [] },
  code: { command: 'train', intentFleet: '0.1.0', commit: null },
};

test('runs are summed up with their last accuracy, their artifact and their parts', async (t) => {
  const tracker = new Tracker(await temporaryFolder(t));
  const [first, second, third] = [1, 2, 3].map((minute) => new Date(`2026-05-01T10:0${minute}:00.000Z`));
  const training = await tracker.start(description, first);
  await training.log({ accuracy: 0.9 });
  await training.made('abcdefabcdef');
  await training.end('finished');
  const experiment = await tracker.start({ ...description, name: 'experiment' }, second);
  await tracker.start({ ...description, parent: experiment.id }, third);
  const summaries = runSummaries(await tracker.runs());
  t.deepEqual(summaries, [
    {
      ...{ id: training.id, name: 'train', began: '2026-05-01T10:01:00.000Z', outcome: 'finished' },
      ...{ accuracy: 0.9, artifact: 'abcdefabcdef', parts: 0 },
    },
    {
      ...{ id: experiment.id, name: 'experiment', began: '2026-05-01T10:02:00.000Z', outcome: 'unfinished' },
      ...{ accuracy: null, artifact: null, parts: 1 },
    },
  ]);
  const lines = runsText(summaries).split('\n');
  t.regex(lines[3] ?? '', /│ train +│ 2026-05-01 10:01 │ finished +│ 90\.0 % +│ abcdefabcdef │ – +│$/);
  t.regex(lines[5] ?? '', /│ experiment │ 2026-05-01 10:02 │ unfinished │ – +│ – +│ 1 +│$/);
});
