import test from 'ava';
import type { FleetMachine, FleetStatus } from '../../deployments/fleet-status.ts';
import {
  failedReplacement,
  isServing,
  needsReplacement,
  progressOf,
  unhealthyMachines,
} from '../../deployments/health.ts';

const release = '0123456789abcdef'.repeat(4);
const current = release.slice(0, 16);
const old = 'fedcba9876543210';

function machine(id: string, health = 'healthy', booted = current): FleetMachine {
  return { id, address: '', release: booted, health, reason: undefined, launchedAt: new Date(0) };
}

function fleet(machines: FleetMachine[], refresh?: string, reason?: string): FleetStatus {
  return {
    desired: 2,
    machines,
    refresh: refresh === undefined ? undefined : { status: refresh, percentage: 50, reason },
  };
}

const two = [machine('i-1'), machine('i-2')];
const unfinished = ['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking'];

test('a fleet serves when the desired machines do, no other machine is there and none is being replaced', (t) => {
  t.true(isServing(fleet(two), release));
  t.true(isServing(fleet(two, 'Successful'), release));
  t.true(isServing(fleet(two, 'Failed'), release));
  for (const status of unfinished) t.false(isServing(fleet(two, status), release), status);
  t.false(isServing(fleet([machine('i-1')]), release));
  t.false(isServing(fleet([...two, machine('i-3')]), release));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'initial')]), release));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'healthy', old)]), release));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'healthy', 'unknown')]), release));
});

test('machines of another release need to be replaced unless a refresh runs', (t) => {
  const mixed = [machine('i-1'), machine('i-2', 'healthy', old)];
  t.false(needsReplacement(fleet(two), release));
  t.false(needsReplacement(fleet(two, 'Failed'), release));
  for (const status of [undefined, 'Failed', 'Successful', 'Cancelled']) {
    t.true(needsReplacement(fleet(mixed, status), release), status);
  }
  for (const status of unfinished) t.false(needsReplacement(fleet(mixed, status), release), status);
});

test('a refresh that ended without success failed where it left machines of another release', (t) => {
  const mixed = [machine('i-1'), machine('i-2', 'healthy', old)];
  for (const status of ['Failed', 'RollbackFailed', 'RollbackSuccessful', 'Cancelled']) {
    const sentence = `The machines were not replaced: ${status}. The old machines still serve.`;
    t.is(failedReplacement(fleet(mixed, status), release), sentence);
    t.is(failedReplacement(fleet(two, status), release), undefined);
  }
  t.is(
    failedReplacement(fleet(mixed, 'Failed', 'no capacity'), release),
    'The machines were not replaced: no capacity. The old machines still serve.',
  );
  for (const status of [undefined, 'Successful', ...unfinished]) {
    t.is(failedReplacement(fleet(mixed, status), release), undefined, status);
  }
});

test('machines of another release are not counted among the unhealthy ones', (t) => {
  const machines = [machine('i-1'), machine('i-2', 'initial'), machine('i-3', 'unhealthy', old)];
  t.deepEqual(
    unhealthyMachines(fleet(machines), release).map(({ id }) => id),
    ['i-2'],
  );
});

test('progress counts healthy machines of the release, and shows the percentage of a refresh', (t) => {
  const machines = [machine('i-1'), machine('i-2', 'initial'), machine('i-3', 'healthy', old)];
  t.is(progressOf(fleet(machines), release), '1 of 2 machines healthy');
  t.is(progressOf(fleet(machines, 'InProgress'), release), '1 of 2 machines healthy, 50 % replaced');
  t.is(progressOf(fleet(machines, 'Failed'), release), '1 of 2 machines healthy');
});
