import test from 'ava';
import { fleetStatus } from '../../deployments/fleet-status.ts';
import { awsWith, outputs } from './aws.ts';

const release = '0123456789abcdef';
const machine = (id: string, health = 'healthy', booted = release) => ({ id, health, release: booted });

test('a fleet is described as AWS describes it', async (t) => {
  const access = await awsWith(t, {
    desired: 3,
    machines: [
      machine('i-1'),
      { ...machine('i-2', 'unhealthy', 'fedcba9876543210'), reason: 'Request timed out' },
      machine('i-3', '', 'no-release'),
    ],
    refresh: { status: 'InProgress', percentage: 50 },
  });
  const launchedAt = new Date('2026-01-01T00:00:00Z');
  t.deepEqual(await fleetStatus(access, outputs), {
    desired: 3,
    machines: [
      { id: 'i-1', address: '10.20.0.5', release, health: 'healthy', reason: undefined, launchedAt },
      {
        id: 'i-2',
        address: '10.20.0.6',
        release: 'fedcba9876543210',
        health: 'unhealthy',
        reason: 'Request timed out',
        launchedAt,
      },
      { id: 'i-3', address: '10.20.0.7', release: 'unknown', health: 'not registered', reason: undefined, launchedAt },
    ],
    refresh: { status: 'InProgress', percentage: 50, reason: undefined },
  });
});

test('a fleet without machines', async (t) => {
  const access = await awsWith(t, { desired: 2, machines: [] });
  t.deepEqual(await fleetStatus(access, outputs), { desired: 2, machines: [], refresh: undefined });
});
