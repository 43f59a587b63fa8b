import test from 'ava';
import { describeRestart, parseUnitStates, readUnitStates } from '../../../bootstrap/verification/unit-state.ts';
import { testMachine } from '../machine.ts';

// The order of systemd, which is not that of the request.
const output = `NRestarts=0
Id=intent-fleet@8081.service
ActiveState=active
ActiveEnterTimestampMonotonic=5128310

NRestarts=3
Id=intent-fleet@8082.service
ActiveState=activating
ActiveEnterTimestampMonotonic=0
`;

const active = { unit: 'intent-fleet@8081.service', activeState: 'active', restarts: '0', activeSince: '5128310' };
const activating = { unit: 'intent-fleet@8082.service', activeState: 'activating', restarts: '3', activeSince: '0' };

test('systemd says state, restarts and start of each unit', async (t) => {
  const machine = await testMachine(t);
  machine.answers.set('systemctl show', { status: 0, output });
  t.deepEqual(await readUnitStates(machine, [active.unit, activating.unit]), [active, activating]);
  t.deepEqual(machine.commands, [
    'systemctl show --property Id,ActiveState,NRestarts,ActiveEnterTimestampMonotonic ' +
      'intent-fleet@8081.service intent-fleet@8082.service',
  ]);
});

test('a single unit is a single state', (t) => {
  t.deepEqual(parseUnitStates(output.split('\n\n')[0] ?? ''), [active]);
});

test('a unit that stays active has not restarted', (t) => {
  t.is(describeRestart(active, active), undefined);
});

test('a unit that is not active is named with its state', (t) => {
  t.is(
    describeRestart({ ...activating, activeState: 'active' }, activating),
    'intent-fleet@8082.service: expected active, got activating after 3 restarts',
  );
  t.is(
    describeRestart(activating, activating),
    'intent-fleet@8082.service: expected active, got activating after 3 restarts',
  );
});

test('a unit that systemd or a command has restarted is named', (t) => {
  t.is(
    describeRestart(active, { ...active, restarts: '2' }),
    'intent-fleet@8081.service: expected no restart, got a new start (NRestarts 0 -> 2)',
  );
  t.is(
    describeRestart(active, { ...active, activeSince: '9128310' }),
    'intent-fleet@8081.service: expected no restart, got a new start (NRestarts 0 -> 0)',
  );
});
