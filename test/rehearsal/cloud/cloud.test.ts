import test from 'ava';
import { balancerConfiguration } from '../../../rehearsal/balancer/configuration.ts';
import { Cloud } from '../../../rehearsal/cloud/cloud.ts';
import type { DesiredState } from '../../../rehearsal/emulator/desired-state.ts';
import type { CheckResult } from '../../../rehearsal/health/check.ts';
import { desiredFleet, instance, ports, registered, targetGroup } from '../fleet.ts';
import { ManualClock } from '../manual-clock.ts';
import { TestMachines } from './machines.ts';

const fleetOf = (...ids: string[]) => desiredFleet(ids, { vpcs: ['10.20.0.0/16'] });
const listenerPorts = { all: [20_001, 20_002, 20_003], of: new Map([['arn:443', 20_001]]) };

/** A running cloud whose desired state and health checks are the test's; a terminated instance is no longer desired. */
async function runningCloud(desired: DesiredState) {
  const clock = new ManualClock();
  const machines = new TestMachines();
  const state = { desired, result: { passed: true } as CheckResult, refusal: undefined as Error | undefined };
  const configurations: string[] = [];
  const networks: DesiredState[] = [];
  const logged: unknown[] = [];
  const cloud = new Cloud({
    readDesiredState: async () => state.desired,
    bootMachine: machines.boot,
    terminate: async ({ id }) => {
      machines.events.push(`terminate ${id}`);
      state.desired = { ...state.desired, instances: state.desired.instances.filter((one) => one.id !== id) };
    },
    onGone: (id) => void machines.events.push(`gone ${id}`),
    balancer: {
      use: async (configuration) => {
        if (state.refusal) throw state.refusal;
        configurations.push(configuration);
      },
    },
    ports,
    network: { follow: async (given) => void networks.push(given) },
    check: async () => state.result,
    clock,
    log: (message, details) => void logged.push([message, details]),
  });
  cloud.run();
  await clock.advance(500);
  const configuration = (...addresses: string[]) =>
    balancerConfiguration(
      desired,
      new Map([['arn:fleet', addresses.map((address) => `${address}:443`)]]),
      listenerPorts,
    );
  return { clock, machines, state, configurations, networks, logged, cloud, configuration };
}

test('boots what is desired, and sends requests there once it is healthy', async (t) => {
  const { cloud, machines, configurations, configuration } = await runningCloud(fleetOf('i-1', 'i-2'));
  t.deepEqual(machines.events, ['boot i-1', 'boot i-2']);
  for (const { state } of cloud.members.values()) t.is(state, 'running');
  t.is(configurations.at(0), configuration());
  t.is(configurations.at(-1), configuration('10.20.0.5', '10.20.0.6'));
});

test('the network follows before a machine boots; where it cannot, none boots', async (t) => {
  const { clock, networks, machines, state } = await runningCloud(fleetOf('i-1'));
  t.deepEqual(networks, [state.desired]);
  state.desired = fleetOf('i-1', 'i-2');
  networks.push = () => {
    throw new Error('no nft');
  };
  await clock.advance(10_000);
  t.deepEqual(machines.events, ['boot i-1']);
});

test('targets are registered and deregistered while machines run; a deregistered one drains', async (t) => {
  const { clock, cloud, state, configurations, configuration } = await runningCloud(fleetOf('i-1', 'i-2'));
  const states = () => cloud.targetsOf('arn:fleet')?.map(({ instance, health }) => `${instance} ${health.state}`);
  state.desired = { ...state.desired, targetGroups: [targetGroup('fleet', { targets: registered('i-1') })] };
  await clock.advance(5000);
  t.deepEqual(states(), ['i-1 healthy', 'i-2 draining']);
  t.is(configurations.at(-1), configuration('10.20.0.5'));
  await clock.advance(10_000);
  t.deepEqual(states(), ['i-1 healthy']);
  state.desired = { ...state.desired, targetGroups: [targetGroup('fleet', { targets: registered('i-1', 'i-2') })] };
  await clock.advance(6000);
  t.deepEqual(states(), ['i-1 healthy', 'i-2 healthy']);
  t.is(configurations.at(-1), configuration('10.20.0.5', '10.20.0.6'));
});

test('there are as many listeners as ports', async (t) => {
  const { cloud } = await runningCloud(fleetOf());
  t.true(cloud.hasListenerPort(80));
  t.true(cloud.hasListenerPort(8080));
  t.true(cloud.hasListenerPort(443));
});

test('retires what is no longer desired, at once after a trigger', async (t) => {
  const { clock, cloud, machines, state, configurations, configuration } = await runningCloud(fleetOf('i-1', 'i-2'));
  state.desired = { ...state.desired, instances: [instance('i-2', { address: '10.20.0.6' })] };
  await clock.advance(1000);
  t.is(machines.events.length, 2);
  cloud.trigger();
  await clock.advance(0);
  t.is(configurations.at(-1), configuration('10.20.0.6'));
  t.like(cloud.targetsOf('arn:fleet'), [{ health: { state: 'draining' } }, { health: { state: 'healthy' } }]);
  await clock.advance(5000);
  t.deepEqual(machines.events.slice(2), ['power off i-1', 'gone i-1']);
  t.deepEqual([...cloud.members.keys()], ['i-2']);
});

test('a machine that fails its health checks is replaced', async (t) => {
  const { clock, machines, state, logged, configurations, configuration } = await runningCloud(fleetOf('i-1'));
  state.result = { passed: false, failure: 'Target.Timeout', reason: 'no' };
  await clock.advance(29_000);
  t.deepEqual(machines.events, ['boot i-1']);
  // Like an Application Load Balancer, where no target is healthy.
  t.is(configurations.at(-1), configuration('10.20.0.5'));
  t.deepEqual(logged.slice(1), [
    ['health changes', { machine: 'i-1', from: 'initial', to: 'healthy' }],
    ['health changes', { machine: 'i-1', from: 'healthy', to: 'unhealthy' }],
  ]);
  await clock.advance(15_000);
  t.deepEqual(machines.events.slice(1), ['terminate i-1', 'power off i-1', 'gone i-1']);
});

test('a machine that ends by itself gets no requests and is replaced', async (t) => {
  const { clock, machines, configurations, configuration } = await runningCloud(fleetOf('i-1', 'i-2'));
  machines.end('i-1');
  await clock.advance(0);
  t.is(configurations.at(-1), configuration('10.20.0.6'));
  t.deepEqual(machines.events.slice(2), ['terminate i-1', 'remove i-1', 'gone i-1']);
});

test('a configuration that the balancer refuses is logged, and tried again', async (t) => {
  const { clock, state, logged, configurations, configuration } = await runningCloud(fleetOf());
  state.refusal = new Error('no space left');
  state.desired = fleetOf('i-1');
  await clock.advance(5000);
  t.deepEqual(logged.at(-1), ['balancer refuses', { error: 'no space left' }]);
  state.refusal = undefined;
  await clock.advance(5000);
  t.is(configurations.at(-1), configuration('10.20.0.5'));
});

test('a closed cloud powers off its machines, except for one that boots, and boots no others', async (t) => {
  const { clock, cloud, machines, state } = await runningCloud(fleetOf('i-1', 'i-2'));
  machines.booting = new Promise(() => undefined);
  state.desired = fleetOf('i-1', 'i-2', 'i-3');
  await clock.advance(5000);
  await cloud.close();
  state.desired = fleetOf('i-1', 'i-2', 'i-3', 'i-4');
  await clock.advance(20_000);
  t.deepEqual(machines.events.slice(2, 3), ['boot i-3']);
  t.deepEqual(machines.events.slice(3).sort(), ['gone i-1', 'gone i-2', 'power off i-1', 'power off i-2']);
  t.deepEqual([...cloud.members.keys()], ['i-3']);
});
