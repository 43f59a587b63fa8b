import test from 'ava';
import { follow } from '../../../shadow/run/follow.ts';

/** Takes a turn for each name of a release; a release in `broken` cannot be started. */
async function turns(names: (string | undefined)[], broken: string[] = []) {
  const [did, said]: [string[], string[]] = [[], []];
  const left = [...names];
  await follow({
    read: async () => {
      const release = left.shift();
      return release === undefined ? undefined : { release };
    },
    start: async (release) => {
      if (broken.includes(release)) throw new Error('no manifest');
      did.push(`start ${release}`);
      return { release, stop: async () => void did.push(`stop ${release}`), exposition: async () => `of ${release}` };
    },
    write: async (figures) => void did.push(`write ${figures || 'none'}`),
    ticks: ticks(names.length),
    report: (sentence) => said.push(sentence),
  });
  return { did, said };
}

// Every second turn writes.
async function* ticks(count: number): AsyncGenerator<boolean> {
  for (let turn = 0; turn < count; turn += 1) yield turn % 2 === 1;
}

test('the release that is named runs, another one replaces it, and its figures end with it', async (t) => {
  const { did, said } = await turns([undefined, 'a', 'a', 'a', 'b', undefined]);
  t.deepEqual(did, [
    ...['start a', 'write of a', 'write of a'],
    ...['stop a', 'start b', 'write of b'],
    ...['stop b', 'write none'],
  ]);
  t.deepEqual(said, []);
});

test('a release that cannot be started is said once, and the one before does not run on', async (t) => {
  const { did, said } = await turns(['a', 'b', 'b', 'c'], ['b']);
  t.deepEqual(did, ['start a', 'write of a', 'stop a', 'write none', 'start c', 'write of c']);
  t.deepEqual(said, ['The shadow does not run: no manifest', 'The shadow runs after 2 failed attempts']);
});
