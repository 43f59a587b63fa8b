import test from 'ava';
import { followJournal, journalParameters } from '../../../logs/sources/journal.ts';
import { addProgram } from '../../support/programs.ts';

const script = (end: string) => `#!/bin/sh
for i in 1 2 3; do echo '{"__CURSOR":"c'$i'","__REALTIME_TIMESTAMP":"1000","MESSAGE":"'"$*"'"}'; done
printf '{"__CURSOR":"c4"'
${end}
`;

test('the parameters follow all boots from the beginning, or after a position', (t) => {
  const always = '--follow --no-tail --quiet --output=json --output-fields=MESSAGE,_SYSTEMD_UNIT,UNIT --merge --all';
  t.is(journalParameters(undefined).join(' '), always);
  t.is(journalParameters('s=1;i=2').join(' '), `${always} --after-cursor=s=1;i=2`);
});

test.serial('entries come as they are written, until the signal', async (t) => {
  await addProgram(t, 'journalctl', script('exec sleep 60'));
  const stop = new AbortController();
  const found = [];
  for await (const { lines, position } of followJournal('c0', stop.signal)) {
    found.push(...lines.map(({ message }) => message));
    if (position === 'c3') stop.abort();
  }
  t.deepEqual(found, Array(3).fill(journalParameters('c0').join(' ')));
});

test.serial('that journalctl ends is an error', async (t) => {
  await addProgram(t, 'journalctl', script('exit 3'));
  const all = async () => {
    for await (const _ of followJournal(undefined, new AbortController().signal));
  };
  await t.throwsAsync(all, { message: 'journalctl ended with 3' });
});
