import test from 'ava';
import type { FleetMachine, FleetStatus } from '../../deployments/fleet-status.ts';
import {
  failedReplacement,
  isServing,
  needsReplacement,
  problemOf,
  progressOf,
  unhealthyMachines,
} from '../../deployments/health.ts';

const template = { id: 'lt-2', version: '1' };
const old = { id: 'lt-1', version: '1' };

function machine(id: string, health = 'healthy', launchedFrom = template): FleetMachine {
  return { id, template: launchedFrom, health, reason: undefined };
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
  t.true(isServing(fleet(two), template));
  t.true(isServing(fleet(two, 'Successful'), template));
  t.true(isServing(fleet(two, 'Failed'), template));
  for (const status of unfinished) t.false(isServing(fleet(two, status), template), status);
  t.false(isServing(fleet([machine('i-1')]), template));
  t.false(isServing(fleet([...two, machine('i-3')]), template));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'initial')]), template));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'healthy', old)]), template));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'healthy', { id: 'lt-2', version: '2' })]), template));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'healthy', { id: '', version: '' })]), template));
});

test('machines of another launch template need to be replaced unless a refresh runs', (t) => {
  const mixed = [machine('i-1'), machine('i-2', 'healthy', old)];
  t.false(needsReplacement(fleet(two), template));
  t.false(needsReplacement(fleet(two, 'Failed'), template));
  for (const status of [undefined, 'Failed', 'Successful', 'Cancelled']) {
    t.true(needsReplacement(fleet(mixed, status), template), status);
  }
  for (const status of unfinished) t.false(needsReplacement(fleet(mixed, status), template), status);
});

test('a refresh that ended without success failed where it left machines of another launch template', (t) => {
  const mixed = [machine('i-1'), machine('i-2', 'healthy', old)];
  for (const status of ['Failed', 'RollbackFailed', 'RollbackSuccessful', 'Cancelled']) {
    const sentence = `The machines were not replaced: ${status}. The old machines still serve.`;
    t.is(failedReplacement(fleet(mixed, status), template), sentence);
    t.is(failedReplacement(fleet(two, status), template), undefined);
  }
  t.is(
    failedReplacement(fleet(mixed, 'Failed', 'no capacity'), template),
    'The machines were not replaced: no capacity. The old machines still serve.',
  );
  for (const status of [undefined, 'Successful', ...unfinished]) {
    t.is(failedReplacement(fleet(mixed, status), template), undefined, status);
  }
});

test('machines of another launch template are not counted among the unhealthy ones', (t) => {
  const machines = [machine('i-1'), machine('i-2', 'initial'), machine('i-3', 'unhealthy', old)];
  t.deepEqual(
    unhealthyMachines(fleet(machines), template).map(({ id }) => id),
    ['i-2'],
  );
});

test('progress counts healthy machines of the template, and shows the percentage of a refresh', (t) => {
  const machines = [machine('i-1'), machine('i-2', 'initial'), machine('i-3', 'healthy', old)];
  t.is(progressOf(fleet(machines), template), '1 of 2 machines healthy');
  t.is(progressOf(fleet(machines, 'InProgress'), template), '1 of 2 machines healthy, 50 % replaced');
  t.is(progressOf(fleet(machines, 'Failed'), template), '1 of 2 machines healthy');
});

test('a deployment that does not serve on every machine has a problem: the failed replacement, or how far it is', (t) => {
  const mixed = [machine('i-1'), machine('i-2', 'healthy', old)];
  t.is(problemOf(fleet(two, 'Failed'), template), undefined);
  t.is(problemOf(fleet(mixed, 'InProgress'), template), '1 of 2 machines healthy, 50 % replaced.');
  t.is(problemOf(fleet(mixed), template), '1 of 2 machines healthy.');
  t.is(
    problemOf(fleet(mixed, 'Failed', 'no capacity'), template),
    'The machines were not replaced: no capacity. The old machines still serve.',
  );
});
