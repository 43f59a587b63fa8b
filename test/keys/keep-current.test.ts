import test from 'ava';
import type { NamedApiKey } from '../../common/api-keys/record.ts';
import { keepCurrent } from '../../keys/keep-current.ts';
import type { StoredKeys } from '../../keys/stored-keys.ts';
import { makeKey } from '../app/access/keys.ts';

const own = makeKey('_machine').named;
const [web, crm] = [makeKey('web').named, makeKey('crm').named];

/** Takes a turn for each reading; returns what was written and what was said. */
async function turns(...readings: (StoredKeys | Error)[]) {
  const written: string[][] = [];
  const said: string[] = [];
  let last = '';
  const read = async () => {
    const reading = readings.shift();
    if (reading instanceof Error || !reading) throw reading;
    return reading;
  };
  const write = async (keys: readonly NamedApiKey[]) => {
    const names = keys.map(({ name }) => name);
    const isSame = String(names) === last;
    last = String(names);
    written.push(names);
    return isSame ? ('unchanged' as const) : ('written' as const);
  };
  await keepCurrent({ read, write, own, ticks: ticks(readings.length), report: (sentence) => said.push(sentence) });
  return { written, said };
}

async function* ticks(count: number): AsyncGenerator<undefined> {
  for (let turn = 0; turn < count; turn += 1) yield;
}

test('each turn writes the keys with that of the machine, and says when they change', async (t) => {
  const { written, said } = await turns(
    { keys: [], unreadable: [] },
    { keys: [crm, web], unreadable: [] },
    { keys: [crm, web], unreadable: [] },
    { keys: [crm], unreadable: [] },
  );
  t.deepEqual(written, [['_machine'], ['crm', 'web', '_machine'], ['crm', 'web', '_machine'], ['crm', '_machine']]);
  t.deepEqual(said, ['API keys: none', 'API keys: crm, web', 'API keys: crm']);
});

test('where they cannot be read the last ones stay, which is said once, and when it is over', async (t) => {
  const { written, said } = await turns(
    { keys: [web], unreadable: [] },
    new Error('ThrottlingException'),
    new Error('status 503'),
    { keys: [web], unreadable: [] },
  );
  t.deepEqual(written, [
    ['web', '_machine'],
    ['web', '_machine'],
  ]);
  t.deepEqual(said, [
    'API keys: web',
    'The API keys cannot be read, the last ones stay: ThrottlingException',
    'The API keys can be read again after 2 failed attempts',
  ]);
});

test('what holds no key is named once', async (t) => {
  const unreadable = ['/fleet/api-keys/x', '/fleet/api-keys/y'];
  const { said } = await turns({ keys: [web], unreadable }, { keys: [web], unreadable });
  t.deepEqual(said, [
    'API keys: web',
    'Expected API keys, got something else, in: /fleet/api-keys/x, /fleet/api-keys/y',
  ]);
});
