import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { UserError } from '../../common/errors.ts';
import { readRuns, runFile, Tracker } from '../../tracking/tracker.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const now = new Date('2026-05-01T10:00:00.000Z');
const at = now.toISOString();
const description = {
  ...{ name: 'train', parent: null, parameters: { algorithm: 'linear-svm', seed: 1, isOwn: true } },
  code: { command: 'train', intentFleet: '0.1.0', commit: null },
  inputs: [{ role: 'train', path: 'messages.csv', sha256: 'ab', rows: 12 }],
};

test('a run keeps its start, figures, files and end, in their order', async (t) => {
  const folder = await temporaryFolder(t);
  let events = 0;
  const tracker = new Tracker(folder, () => {
    events += 1;
  });
  t.deepEqual(await tracker.runs(), []);
  const run = await tracker.start(description, now);
  t.regex(run.id, /^20260501t100000-[0-9a-f]{8}$/);
  await run.log({ accuracy: 0.9 }, 2, now);
  await run.keep('page/index.html', '<p>', now);
  await run.end('failed', 'no memory', now);
  t.deepEqual(await tracker.runs(), [
    {
      folder: run.folder,
      events: [
        { event: 'started', format: 1, at, id: run.id, ...description },
        { event: 'metrics', at, step: 2, metrics: { accuracy: 0.9 } },
        { event: 'file', at, path: 'page/index.html' },
        { event: 'ended', at, outcome: 'failed', reason: 'no memory' },
      ],
    },
  ]);
  t.is(events, 4);
  t.is(await readFile(runFile(run.folder, 'page/index.html'), 'utf8'), '<p>');
});

test('what a killed program has left does not count, and a run goes on after it', async (t) => {
  const folder = await temporaryFolder(t);
  const tracker = new Tracker(folder);
  const { id, folder: ofRun } = await tracker.start(description, now);
  const file = join(ofRun, 'events.jsonl');
  await appendFile(file, '{"event":"metrics","at":"2026');
  await mkdir(join(folder, 'without-a-line'));
  await mkdir(join(folder, 'with-half-a-line'));
  await writeFile(join(folder, 'with-half-a-line', 'events.jsonl'), '{"event":"sta');
  t.deepEqual(
    (await tracker.runs()).map(({ events }) => events.length),
    [1],
  );
  const run = await tracker.reopen(id);
  await run.end('finished', undefined, now);
  t.deepEqual((await tracker.runs())[0]?.events.slice(1), [{ event: 'ended', at, outcome: 'finished' }]);
});

test('a line that is no event is refused with its place', async (t) => {
  const folder = await temporaryFolder(t);
  const { folder: ofRun } = await new Tracker(folder).start(description, now);
  await appendFile(join(ofRun, 'events.jsonl'), '{"event":"metrics","at":"yesterday","step":0,"metrics":{}}\n');
  const error = await t.throwsAsync(readRuns(folder), { instanceOf: UserError });
  t.true(
    error.message.startsWith(`${join(ofRun, 'events.jsonl')}:2: not an event of a run:\n  at: expected`),
    error.message,
  );
});
