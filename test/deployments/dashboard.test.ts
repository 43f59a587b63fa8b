import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { dashboardState, dashboardUrl, untilDashboardOpens } from '../../deployments/dashboard.ts';
import { certificateFor } from '../support/certificates.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { outputs } from './aws.ts';

const common = { acceptsAnyName: false, curl: '' };

/** An endpoint whose dashboard answers with one status after another, the last one repeatedly, and the paths that are asked. */
async function startEndpoint(t: ExecutionContext, ...statuses: number[]) {
  const certificate = await certificateFor(t, 'localhost');
  const authority = join(await temporaryFolder(t), 'ca.pem');
  await writeFile(authority, certificate.cert);
  const paths: unknown[] = [];
  const server = createServer(certificate, ({ url }, response) => {
    paths.push(url);
    response.writeHead(statuses[paths.length - 1] ?? statuses.at(-1) ?? 0).end();
  });
  const port = await listen(t, server as never);
  return { paths, endpoint: { ...common, authority, url: `https://localhost:${port}` } };
}

test('the dashboard is below the endpoint, in stages with a monitoring machine', (t) => {
  const endpoint = { ...common, authority: undefined, url: 'https://intents.example.com' };
  const monitored = { ...outputs, monitoring_target_group: 'm' };
  t.is(dashboardUrl(endpoint, monitored, 'production'), 'https://intents.example.com/monitoring/');
  t.throws(() => dashboardUrl(endpoint, outputs, 'production'), {
    name: 'UserError',
    message:
      'production has no monitoring machine. Set monitoring.enabled in stages/production.yaml to true, and: make apply STAGE=production',
  });
});

for (const [status, state] of [
  [200, 'open'],
  [404, 'closed'],
  [502, 'starting'],
  [503, 'starting'],
] as const)
  test(`a dashboard that answers with ${status} is ${state}`, async (t) => {
    const { endpoint, paths } = await startEndpoint(t, status);
    t.is(await dashboardState(endpoint), state);
    t.deepEqual(paths, ['/monitoring/health']);
  });

test('an endpoint that does not answer, or whose certificate is not known, is an error', async (t) => {
  const { endpoint } = await startEndpoint(t, 200);
  await t.throwsAsync(dashboardState({ ...endpoint, authority: undefined }), { message: /self-signed certificate/ });
  await t.throwsAsync(dashboardState({ ...endpoint, url: 'https://localhost:9' }), { message: /ECONNREFUSED/ });
});

/** Waits at most 30 s for a dashboard with these answers; returns the pauses. */
async function wait(t: ExecutionContext, ...statuses: number[]) {
  const { endpoint } = await startEndpoint(t, ...statuses);
  const pauses: number[] = [];
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  await untilDashboardOpens({ endpoint, stage: 'production', seconds: 30, pause });
  return pauses;
}

test('a dashboard that starts is asked again, so seldom that its answers ring no alarm', async (t) => {
  t.deepEqual(await wait(t, 200), []);
  t.deepEqual(await wait(t, 502, 503, 200), [12_000, 12_000]);
});

test('a dashboard that is closed, or does not start in time, is an error with what to do', async (t) => {
  await t.throwsAsync(wait(t, 503, 404), {
    name: 'UserError',
    message:
      'The load balancer does not admit this address to the dashboard. Add its network to monitoring.allow in stages/production.yaml, such as 203.0.113.7/32, and: make apply STAGE=production',
  });
  await t.throwsAsync(wait(t, 503), {
    name: 'UserError',
    message:
      'The monitoring machine did not become healthy within 30 s. See why: make logs UNIT=bootstrap STAGE=production',
  });
});
