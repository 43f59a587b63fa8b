import test from 'ava';
import type { FleetMachine, FleetStatus } from '../../deployments/fleet-status.ts';
import { healthyMachines, isServing, progressOf, unhealthyMachines } from '../../deployments/health.ts';

const template = { id: 'lt-2', version: '1' };
const old = { id: 'lt-1', version: '1' };

function machine(id: string, health = 'healthy', launchedFrom = template): FleetMachine {
  return { id, template: launchedFrom, health, reason: undefined, leaving: false };
}

function fleet(machines: FleetMachine[]): FleetStatus {
  return { desired: 2, machines };
}

const two = [machine('i-1'), machine('i-2')];

test('a fleet serves when the desired machines do, and no other machine is there', (t) => {
  t.true(isServing(fleet(two), template));
  t.false(isServing(fleet([machine('i-1')]), template));
  t.false(isServing(fleet([...two, machine('i-3')]), template));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'initial')]), template));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'healthy', old)]), template));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'healthy', { id: 'lt-2', version: '2' })]), template));
  t.false(isServing(fleet([machine('i-1'), machine('i-2', 'healthy', { id: '', version: '' })]), template));
  t.false(isServing(fleet([machine('i-1'), { ...machine('i-2'), leaving: true }]), template));
});

test('machines of another launch template and those that go count neither as healthy nor as unhealthy', (t) => {
  const staying = [
    machine('i-1'),
    machine('i-2', 'initial'),
    machine('i-3', 'unhealthy', old),
    machine('i-4', 'healthy', old),
  ];
  const leaving = [machine('i-5'), machine('i-6', 'draining')].map((one) => ({ ...one, leaving: true }));
  const status = fleet([...staying, ...leaving]);
  t.deepEqual(healthyMachines(status, template), staying.slice(0, 1));
  t.deepEqual(unhealthyMachines(status, template), staying.slice(1, 2));
});

test('progress counts healthy machines of the template', (t) => {
  const machines = [machine('i-1'), machine('i-2', 'initial'), machine('i-3', 'healthy', old)];
  t.is(progressOf(fleet(machines), template), '1 of 2 machines healthy');
});
