import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { readCheckpoint } from '../../classification/checkpoint.ts';
import { identify } from '../../common/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const checkpoint = {
  ...{ format: 1, work: { input: { bytes: 9 }, model: 'a' }, place: { offset: 5, line: 2 } },
  ...{ written: { output: 7, bad: 0 }, counts: { answered: 1, unknown: 0, bad: 0 } },
  owner: { pid: process.pid, startTicks: '1' },
};

test('the state of the same work is read; without one there is none', async (t) => {
  const path = join(await temporaryFolder(t), 'out.csv.checkpoint');
  t.is(await readCheckpoint(path, checkpoint.work), undefined);
  await writeFile(path, JSON.stringify(checkpoint));
  t.deepEqual(await readCheckpoint(path, { model: 'a', input: { bytes: 9 } }), checkpoint);
});

test('the state of a run that is not over is refused', async (t) => {
  const path = join(await temporaryFolder(t), 'out.csv.checkpoint');
  const owner = identify(process.ppid);
  await writeFile(path, JSON.stringify({ ...checkpoint, owner }));
  await t.throwsAsync(readCheckpoint(path, checkpoint.work), {
    name: 'UserError',
    message: `${path}: expected no other run that writes this output, but process ${process.ppid} does; wait for it`,
  });
  await writeFile(path, JSON.stringify({ ...checkpoint, owner: { ...owner, startTicks: '1' } }));
  t.truthy(await readCheckpoint(path, checkpoint.work));
});

test('the state of other work, and what is no state, are refused', async (t) => {
  const path = join(await temporaryFolder(t), 'out.csv.checkpoint');
  await writeFile(path, JSON.stringify(checkpoint));
  await t.throwsAsync(readCheckpoint(path, { input: { bytes: 10 }, model: 'b' }), {
    name: 'UserError',
    message: `${path}: expected the run that was interrupted, but input and model changed since; delete this file to begin anew`,
  });
  await writeFile(path, '{"format": 1');
  await t.throwsAsync(readCheckpoint(path, {}), {
    message: `${path}: expected the state of a run, got something else; delete it to begin anew`,
  });
});
