import test from 'ava';
import type { WantedShadow } from '../../../common/shadow/wanted.ts';
import { keepCurrent } from '../../../shadow/fetch/keep-current.ts';

const wanted = (release: string): WantedShadow => ({ release, url: 'https://b/r/x.tar.gz', sha256: release.repeat(4) });
const [one, two] = [wanted('0123456789abcdef'), wanted('fedcba9876543210')];

/** Takes a turn for each reading; a release in `broken` cannot be installed that many times. */
async function turns(readings: (WantedShadow | undefined | Error)[], broken = new Map<string, number>()) {
  const [did, said]: [string[], string[]] = [[], []];
  const left = [...readings];
  await keepCurrent({
    read: async () => {
      const reading = left.shift();
      if (reading instanceof Error) throw reading;
      return reading;
    },
    install: async ({ release }) => {
      did.push(release);
      const times = broken.get(release) ?? 0;
      broken.set(release, times - 1);
      if (times > 0) throw new Error('NoSuchKey');
    },
    uninstall: async () => void did.push('none'),
    ticks: ticks(readings.length),
    report: (sentence) => said.push(sentence),
  });
  return { did, said };
}

async function* ticks(count: number): AsyncGenerator<undefined> {
  for (let turn = 0; turn < count; turn += 1) yield;
}

test('each turn has the release run that is named, or none, and changes are said', async (t) => {
  const { did, said } = await turns([undefined, one, one, two, undefined]);
  t.deepEqual(did, ['none', one.release, one.release, two.release, 'none']);
  t.deepEqual(said, [`Shadow: ${one.release}`, `Shadow: ${two.release}`, 'Shadow: none']);
});

test('an outage changes nothing, and is said once', async (t) => {
  const { did, said } = await turns([one, new Error('status 503'), new Error('status 503'), one]);
  t.deepEqual(did, [one.release, one.release]);
  t.deepEqual(said, [
    `Shadow: ${one.release}`,
    'The shadow is not what it should be: status 503',
    'The shadow is what it should be after 2 failed attempts',
  ]);
});

test('a release that cannot be fetched is tried less and less often, and another one at once', async (t) => {
  const { did, said } = await turns([...Array(9).fill(one), two], new Map([[one.release, 9]]));
  // In the turns 1, 2, 4 and 8.
  t.deepEqual(did, [...Array(4).fill(one.release), two.release]);
  t.deepEqual(said, [
    'The shadow is not what it should be: NoSuchKey',
    'The shadow is what it should be after 9 failed attempts',
    `Shadow: ${two.release}`,
  ]);
});
