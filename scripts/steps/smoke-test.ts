import type { ListrTask } from 'listr2';
import type { Deployment, Track } from '../../deployments/deployment.ts';
import type { DeploymentKey } from '../../deployments/deployment-key.ts';
import { endpointOf } from '../../deployments/endpoint.ts';
import { archiveOf } from '../../deployments/model-in-service.ts';
import { readExamples } from '../../deployments/release-examples.ts';
import { smokeTestTrack } from '../../deployments/track-smoke-test.ts';
import { steps } from '../command-line/progress.ts';
import { type Carrier, outputsOf } from './carrier.ts';

// The DNS name of a new load balancer is not known everywhere at once.
const untilNameResolves = {
  retries: Number.POSITIVE_INFINITY,
  minTimeout: 1000,
  maxTimeout: 2000,
  maxRetryTime: 120_000,
};

/** Asks a track the examples of its release, and shows it; resolves with what has failed. */
export async function smokeTest(
  track: Track,
  deployment: Deployment,
  carrier: Carrier,
  { key, signal }: { key: DeploymentKey; signal: AbortSignal },
): Promise<string | undefined> {
  let failure: string | undefined;
  const ask: ListrTask = {
    title: `Smoke test of ${track}`,
    task: async (_, task) => {
      // Such as an archive that cannot be read: a release that cannot be asked gets no traffic.
      const outcome = await askExamples(track, deployment, carrier, { key, signal }).catch((error: Error) => {
        if (signal.aborted) throw error;
        return { failed: `it could not be asked: ${error.message}` };
      });
      if ('failed' in outcome) failure = outcome.failed;
      task.title += `: ${'failed' in outcome ? 'failed' : outcome.passed}`;
    },
  };
  await steps([ask]).run();
  return failure;
}

async function askExamples(
  track: Track,
  deployment: Deployment,
  carrier: Carrier,
  { key, signal }: { key: DeploymentKey; signal: AbortSignal },
): Promise<{ passed: string } | { failed: string }> {
  const { stage, target } = carrier;
  // The rehearsal of an earlier version goes on running under this one: its balancer would let the other track answer.
  if (target.rehearsal && !(await target.rehearsal.status()).obeysRules)
    return {
      passed: 'the rehearsal that runs is of an earlier version and cannot choose it; its machines alone are judged',
    };
  const release = deployment.revisions[deployment.tracks[track].revision ?? '']?.release ?? '';
  const examples = await readExamples(await archiveOf(stage, target, release));
  if (!examples) return { passed: 'its release has no examples, and is judged by its machines alone' };
  const failed = await smokeTestTrack({
    ...{ track, examples, signal, endpoint: endpointOf(target, await outputsOf(carrier)) },
    apiKey: await key.of(deployment),
    maximumBytes: stage.settings.proxy.maxBodyKilobytes * 1024,
    ...(deployment.progress?.from === null && { retries: untilNameResolves }),
  });
  return failed === undefined ? { passed: `${examples.length} examples answered` } : { failed };
}
