import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import test from 'ava';
import { describeAbsence } from '../../rehearsal/absence.ts';
import { logOf, placeOf } from '../../rehearsal/place.ts';
import { register, unregister } from '../../rehearsal/registration.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const remedy = 'Start it with: make apply';

test('a cloud that is not there was never started, was stopped, has ended by itself, or does not answer', async (t) => {
  const place = placeOf(await temporaryFolder(t), 'rehearsal');
  const never = 'The rehearsal is not running. Start it with: make apply';
  t.is(await describeAbsence(place, remedy), never);
  const cloud = spawn('sleep', ['60'], { stdio: 'ignore' });
  t.teardown(() => cloud.kill('SIGKILL'));
  await once(cloud, 'spawn');
  await register(place, cloud.pid ?? 0, { token: 'token' });
  await writeFile(logOf(place), 'one\ntwo\nthree\nmoto ended\n');
  t.is(await describeAbsence(place, remedy), 'The rehearsal does not answer. Start it with: make apply');
  cloud.kill('SIGKILL');
  await once(cloud, 'exit');
  const end = `The end of its log, ${logOf(place)}:\ntwo\nthree\nmoto ended`;
  t.is(await describeAbsence(place, remedy), `The rehearsal has ended by itself. Start it with: make apply\n${end}`);
  await unregister(place);
  t.is(await describeAbsence(place, remedy), never);
});
