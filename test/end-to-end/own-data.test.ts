import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { useRehearsal } from './rehearsal.ts';

const rehearsal = useRehearsal(test);

const subjects = [
  'parcel',
  'order',
  'invoice',
  'refund',
  'account',
  'delivery',
  'contract',
  'payment',
  'letter',
  'device',
];

const sentences: Record<string, string[]> = {
  track: ['where is my', 'track the', 'when will the', 'has anybody seen my'],
  cancel: ['cancel my', 'i want to stop the', 'please end the', 'call off the'],
  pay: ['how do i pay the', 'settle the bill of my', 'which card pays the', 'transfer money for the'],
};

/** A data file with these intents, each named as `names` says. */
function messages(names: Record<string, string>): string {
  const rows = Object.entries(sentences).flatMap(([intent, starts]) =>
    starts.flatMap((start) => subjects.map((subject) => `${start} ${subject} today,${names[intent]}`)),
  );
  return `text,intent\n${rows.join('\n')}\n`;
}

const write = (names: Record<string, string>) =>
  writeFile(join(rehearsal().checkout.folder, 'messages.csv'), messages(names));

test.serial('own data replaces the example', async (t) => {
  await write({ track: 'track', cancel: 'cancel', pay: 'pay' });
  await rehearsal().checkout.edit('stages/rehearsal.yaml', (yaml) =>
    yaml.replace('  profile: default\n', '  profile: default\n  data: messages.csv\n'),
  );
  const { exitCode, output } = await rehearsal().checkout.make('apply');
  t.is(exitCode, 0, output);
  t.regex(output, /Intents that leave: complaint, greeting, praise, question/);
});

test.serial('a renamed intent is refused with the lines that agree to it, and passes with them', async (t) => {
  await write({ track: 'track', cancel: 'cancel', pay: 'settle' });
  const refused = await rehearsal().checkout.make('apply');
  t.is(refused.exitCode, 2);
  t.regex(refused.output, /^apply: intents in service that this model does not know: pay$/m);
  t.regex(refused.output, /^model:\n {2}gate:\n {4}removedIntents: \[pay\]$/m);
  await rehearsal().checkout.edit('stages/rehearsal.yaml', (yaml) =>
    yaml.replace('  gate:\n', '  gate:\n    removedIntents: [pay]\n'),
  );
  const { exitCode, output } = await rehearsal().checkout.make('apply');
  t.is(exitCode, 0, output);
  const { machines, problem } = await rehearsal().status();
  t.deepEqual([machines.length, problem], [2, null]);
});
