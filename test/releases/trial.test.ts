import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import type { Example, ServiceManifest } from '../../bootstrap/release.ts';
import { sha256 } from '../../common/checksum.ts';
import { childrenOf, identify, isAlive, type ProcessIdentity } from '../../common/processes.ts';
import { endMember, gzipMember, tarBlocks } from '../../releases/archive.ts';
import { bundle } from '../../releases/bundle.ts';
import { releaseEntry } from '../../releases/files.ts';
import { checkoutSources } from '../../releases/sources.ts';
import { tryRelease } from '../../releases/trial.ts';
import { trainSmall } from '../model/trained.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const artifact = await trainSmall();

const start = {
  runtime: 'bin/node',
  options: ['--max-semi-space-size=8'],
  program: 'app/service.mjs',
  environment: { NODE_ENV: 'production' },
};

/** Packs a release of a service and a model; its runtime starts the one of this test. */
async function packed(
  t: ExecutionContext,
  service: string | Buffer,
  examples = artifact.manifest.examples,
  runtime = `#!/bin/sh\nexec ${process.execPath} "$@"\n`,
) {
  const manifest: ServiceManifest = {
    format: 7,
    machines: 'service',
    node: '24',
    model: 'small',
    start,
    shipper: start,
    keys: start,
    feedback: start,
    shadowFetch: start,
    shadow: start,
    examples,
    files: {},
  };
  const contents = {
    'app/service.mjs': service,
    ...Object.fromEntries(Object.entries(artifact.files).map(([name, content]) => [`artifact/${name}`, content])),
    'bin/node': runtime,
    'release.json': JSON.stringify(manifest),
  };
  const entries = Object.entries(contents).map(([path, content]) =>
    releaseEntry(path, Buffer.from(content), { executable: path === 'bin/node' }),
  );
  const archive = Buffer.concat([await gzipMember(await tarBlocks(entries)), await endMember()]);
  const folder = join(await temporaryFolder(t), 'releases');
  await mkdir(folder);
  const release = { path: join(folder, 'release.tar.gz'), sha256: sha256(archive) };
  await writeFile(release.path, archive);
  return { folder, release, id: release.sha256.slice(0, 16) };
}

/** A service that answers as this code does, which knows `request`, `response` and the `texts` of the request. */
function serviceThat(answers: string): string {
  return `
    import { createServer } from 'node:http';
    import { json } from 'node:stream/consumers';
    const server = createServer(async (request, response) => {
      const body = await json(request);
      const texts = body.texts ?? [body.text];
      ${answers}
    });
    server.listen(Number(process.env.PORT), process.env.HOST, () => {
      console.log(JSON.stringify({ address: server.address(), msg: 'ready' }));
    });`;
}

const { examples } = artifact.manifest;
const [first, second, , , , sixth] = examples as [Example, Example, Example, Example, Example, Example];
const title = (mistakes: number) =>
  `${mistakes} of ${examples.length} texts were not answered with the intent that the release expects:`;

test.serial('the service of this checkout answers all examples of its model, and is not started again', async (t) => {
  const service = await bundle(checkoutSources.service, checkoutSources.root);
  const { folder, release, id } = await packed(t, service);
  t.is(await tryRelease(release), artifact.manifest.examples.length);
  t.true(artifact.manifest.examples.length > 5);
  t.deepEqual((await readdir(folder)).sort(), [`${id}.tried`, 'release.tar.gz']);
  t.is(await readFile(join(folder, `${id}.tried`), 'utf8'), release.sha256);
  await writeFile(release.path, 'it is not read');
  t.is(await tryRelease(release), undefined);
});

test.serial('a marker of another release does not count', async (t) => {
  const { folder, release, id } = await packed(t, 'process.exit(3)');
  await writeFile(join(folder, `${id}.tried`), `${id}${'0'.repeat(48)}`);
  await t.throwsAsync(tryRelease(release), { message: /ended by itself with 3$/ });
});

test.serial('a model without examples must start all the same', async (t) => {
  t.is(await tryRelease((await packed(t, serviceThat(''), [])).release), 0);
  await t.throwsAsync(tryRelease((await packed(t, 'process.exit(3)', [])).release), { name: 'UserError' });
});

/** Fails the trial of a service; returns what the error says below its title. */
async function faultsOf(t: ExecutionContext, service: string, milliseconds?: number): Promise<string[]> {
  const { folder, release, id } = await packed(t, service);
  const error = await t.throwsAsync(tryRelease(release, milliseconds), { name: 'UserError' });
  const [title, ...faults] = error?.message.split('\n') ?? [];
  t.is(title, `Release ${id} failed its trial on this machine:`);
  t.deepEqual(await readdir(folder), ['release.tar.gz']);
  return faults;
}

const withoutPort = (lines: string[]) => lines.map((line) => line.replace(/"port":\d+/, '"port":0'));
const ready = '{"address":{"address":"127.0.0.1","family":"IPv4","port":0},"msg":"ready"}';

test.serial('wrong answers fail: each is named, with what was expected', async (t) => {
  const right = JSON.stringify(
    Object.fromEntries(artifact.manifest.examples.map(({ text, intent }) => [text, intent])),
  );
  const wrong = JSON.stringify([first.text, sixth.text]);
  const faults = await faultsOf(
    t,
    serviceThat(`
      const results = texts.map((text) => ({ intent: ${wrong}.includes(text) ? 'wrong' : ${right}[text] }));
      response.end(JSON.stringify(body.texts ? { results } : results[0]));`),
  );
  t.deepEqual(withoutPort(faults), [
    title(2),
    `  ${JSON.stringify(first.text)}: expected ${first.intent}, got wrong`,
    `  ${JSON.stringify(sixth.text)}: expected ${sixth.intent}, got wrong`,
    ready,
  ]);
});

test.serial('of many wrong answers five are shown, and the log', async (t) => {
  const faults = await faultsOf(t, serviceThat("console.log('oops'); response.writeHead(500).end('broken');"));
  t.is(faults[0], title(examples.length));
  t.is(faults[1], `  ${JSON.stringify(first.text)}: expected ${first.intent}, got status 500 (broken)`);
  t.is(faults[2], `  ${JSON.stringify(second.text)}: expected ${second.intent}, got status 500 (broken)`);
  t.is(faults[6], `  and ${examples.length - 5} more`);
  t.deepEqual(withoutPort(faults.slice(7)), [ready, 'oops', 'oops']);
});

test.serial('a batch without an answer for a text, and an answer that is no JSON, fail', async (t) => {
  const batch = serviceThat('response.end(body.texts ? \'{"results":[]}\' : \'{"intent":"x"}\');');
  t.regex((await faultsOf(t, batch))[1] ?? '', /: expected \w+, got x$/);
  t.regex((await faultsOf(t, batch))[2] ?? '', /: expected \w+, got an unreadable answer \({"results":\[\]}\)$/);
  t.regex((await faultsOf(t, serviceThat("response.end('<html>');")))[1] ?? '', /got an unreadable answer \(<html>\)$/);
});

test.serial('a service that ends at its start fails, with its exit code and its last lines', async (t) => {
  const lines = Array.from({ length: 12 }, (_, at) => `line ${at}`);
  const service = `${lines.map((line) => `console.error('${line}');`).join('\n')}\nprocess.exitCode = 3;`;
  t.deepEqual(await faultsOf(t, service), ['the service ended by itself with 3', ...lines.slice(2)]);
});

test.serial('a service that ends while it is asked fails', async (t) => {
  const faults = await faultsOf(t, serviceThat("console.error('out of luck'); process.exit(4);"));
  t.is(faults[1], `  ${JSON.stringify(first.text)}: expected ${first.intent}, got no answer (other side closed)`);
  t.deepEqual(withoutPort(faults.slice(-3)), ['the service ended by itself with 4', ready, 'out of luck']);
});

test.serial('a service that is never ready, or never answers, is ended in time', async (t) => {
  t.deepEqual(await faultsOf(t, "console.log('starting'); setInterval(() => {}, 1000);", 1000), [
    'the service was ended after 1 s',
    'starting',
  ]);
  const faults = await faultsOf(t, serviceThat(''), 2000);
  t.regex(faults[1] ?? '', /^ {2}.*: expected \w+, got no answer \(other side closed\)$/);
  t.is(faults.at(-2), 'the service was ended after 2 s');
});

test.serial('a runtime that cannot be executed fails', async (t) => {
  const { folder, release } = await packed(t, '', [], '#!/nowhere\n');
  await t.throwsAsync(tryRelease(release), {
    name: 'UserError',
    message:
      /^Release [0-9a-f]{16} failed its trial on this machine:\nthe service ended by itself with spawn \S+\/bin\/node ENOENT$/,
  });
  t.deepEqual(await readdir(folder), ['release.tar.gz']);
});

test.serial('what a killed trial has left is removed', async (t) => {
  const { folder, release, id } = await packed(t, 'process.exit(3)');
  await mkdir(join(folder, '.trial-4194305', 'app'), { recursive: true });
  await t.throwsAsync(tryRelease(release), { message: new RegExp(id) });
  t.deepEqual(await readdir(folder), ['release.tar.gz']);
});

test.serial('Ctrl-C ends the service and removes its folder', async (t) => {
  const { folder, release } = await packed(t, 'setInterval(() => {}, 1000);');
  const program = `
    import { tryRelease } from ${JSON.stringify(join(checkoutSources.root, 'releases/trial.ts'))};
    process.once('SIGINT', () => process.exit(130));
    await tryRelease(${JSON.stringify(release)});`;
  const command = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' });
  t.teardown(() => command.kill('SIGKILL'));
  while (childrenOf(command.pid ?? 0).length === 0) await sleep(20);
  const service = identify(childrenOf(command.pid ?? 0)[0] ?? 0) as ProcessIdentity;
  t.deepEqual(await readdir(folder), [`.trial-${command.pid}`, 'release.tar.gz']);
  command.kill('SIGINT');
  t.deepEqual(await once(command, 'exit'), [130, null]);
  while (isAlive(service)) await sleep(20);
  t.deepEqual(await readdir(folder), ['release.tar.gz']);
});
