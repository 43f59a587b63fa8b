import { spawn } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { childrenOf } from '../../../common/processes.ts';
import { bundle } from '../../../releases/bundle.ts';
import { shadow as released } from '../../../releases/manifest.ts';
import { checkoutSources } from '../../../releases/sources.ts';
import { removeCurrent, writeCurrent } from '../../../shadow/current.ts';
import { post, startTestService, trainInto } from '../../app/service.ts';
import { parseExposition, valuesOf } from '../../support/exposition.ts';
import { freePort } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const release = 'fedcba9876543210';
const live = '0123456789abcdef';

/** An unpacked release in a folder, whose model answers `unknown` to all texts. */
async function unpackRelease(folder: string): Promise<void> {
  const at = (path: string) => join(folder, release, path);
  for (const path of ['bin', 'app']) await mkdir(at(path), { recursive: true });
  await symlink(process.execPath, at('bin/node'));
  await writeFile(at('app/service.mjs'), await bundle(checkoutSources.service, checkoutSources.root));
  await trainInto(at('artifact'), { threshold: 1 });
  const start = {
    runtime: 'bin/node',
    options: [],
    program: 'app/service.mjs',
    environment: { NODE_ENV: 'production' },
  };
  await writeFile(at('release.json'), JSON.stringify({ start }));
}

test('the released program runs a release beside a service, and compares what both answer', async (t) => {
  const [folder, run] = [await temporaryFolder(t), await temporaryFolder(t)];
  await unpackRelease(folder);
  const [socket, metrics, program] = ['copies.sock', 'metrics.prom', 'shadow.mjs'].map((name) => join(run, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(program, await bundle(checkoutSources.shadow, checkoutSources.root));
  const env = {
    ...released.environment,
    RELEASE: live,
    SHADOW_FOLDER: folder,
    SHADOW_SOCKET: socket,
    SHADOW_PORT: String(await freePort()),
    SHADOW_METRICS_PORT: String(await freePort()),
    METRICS_FILE: metrics,
  };
  const child = spawn(process.execPath, [...released.options, program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => {
    for (const pid of childrenOf(child.pid as number)) process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
  });
  const output: string[] = [];
  child.stdout.on('data', (text) => output.push(String(text)));
  const figures = async (...names: string[]) =>
    valuesOf(
      parseExposition(await readFile(metrics, 'utf8').catch(() => '')),
      ...names.map((name) => `intent_shadow_${name}`),
    );
  const { url } = await startTestService(t, { SHADOW_SOCKET: socket, RATE_LIMIT_REQUESTS: '0' });
  await writeCurrent(folder, { release });
  while (output.length === 0) await sleep(50);
  t.deepEqual(output, [`The worker of ${release} answers\n`]);
  // The service looks for the socket every 2 s.
  const answered = `intent_shadow_answers_total{agrees="no",candidate="${release}",live="${live}"}`;
  while (!((await figures('answers'))[answered] ?? 0)) {
    await post(`${url}/predict`, { text: 'Great service!' });
    await sleep(200);
  }
  const { [answered]: count = 0, ...others } = await figures('answers', 'disagreements', 'up');
  const pair = `intent_shadow_disagreements_total{candidate="${release}",candidate_intent="unknown",live_intent="praise"}`;
  t.deepEqual(others, {
    [`intent_shadow_answers_total{agrees="yes",candidate="${release}",live="${live}"}`]: 0,
    [pair]: count,
    [`intent_shadow_up{candidate="${release}"}`]: 1,
  });
  const [worker] = childrenOf(child.pid as number);
  await removeCurrent(folder);
  while ((await readFile(metrics, 'utf8')) !== '') await sleep(50);
  t.is(typeof worker, 'number');
  t.deepEqual(childrenOf(child.pid as number), []);
});
