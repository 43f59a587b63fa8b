import { existsSync } from 'node:fs';
import test from 'ava';
import { checkoutFolder, lockFile } from '../../../common/paths.ts';
import { placeBeside } from '../../../rehearsal/place.ts';
import { holdPlace } from '../../../scripts/steps/hold.ts';
import { assertOneAtATime } from '../../deployments/holders.ts';

const place = placeBeside(checkoutFolder, 'hold-test');

test.serial('one command at a time works on a rehearsal of a name', async (t) => {
  await assertOneAtATime(t, (work) => holdPlace(place, 'make rehearsal', work), 2);
  t.false(existsSync(lockFile('.rehearsal-_hold-test')));
});

test.serial('a command on another name does not wait, and a failure frees the name', async (t) => {
  const other = placeBeside(checkoutFolder, 'hold-test-2');
  const failing = () => holdPlace(other, 'make rehearsal', () => Promise.reject(new Error('no')));
  await t.throwsAsync(holdPlace(place, 'make rehearsal', failing), { message: 'no' });
  await holdPlace(place, 'make rehearsal-stop', async () => t.pass());
});
