import { writeFile } from 'node:fs/promises';
import test from 'ava';
import { missingSeconds } from '../../../bootstrap/verification/running-time.ts';
import { testMachine } from '../machine.ts';
import { showUnits } from './units.ts';

const times: [uptime: string, activeSince: string[], missing: number][] = [
  ['100.00 190.00\n', ['90000000', '70000000'], 20],
  ['100.50 190.00\n', ['90000000'], 20],
  ['100.51 190.00\n', ['90000000'], 20],
  ['130.00 190.00\n', ['90000000'], 0],
  // A unit that is not active has no time, and is refused elsewhere.
  ['10.00 19.00\n', ['0'], 20],
  ['', ['5000000'], 30],
];

for (const [uptime, activeSince, missing] of times)
  test(`after ${uptime.trim() || 'no'} s of uptime, units since ${activeSince.join()} µs miss ${missing} of 30 s`, async (t) => {
    const machine = await testMachine(t);
    if (uptime) await writeFile(machine.at('proc/uptime'), uptime);
    const units = activeSince.map((since, index) => ({ unit: `worker@${index}`, activeSince: since }));
    machine.answers.set('systemctl show', showUnits(...units));
    t.is(await missingSeconds(machine, ['worker@0', 'worker@1'], 30), missing);
  });
