import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type InitializationProps, initializeOnce } from '../../terraform/initialization.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const synthesisWith = (version: string, path: string) =>
  JSON.stringify({
    terraform: { backend: { local: { path } }, required_providers: { aws: { version } } },
    resource: {},
  });

/** A stack whose provider comes from a mirror; `init` links the provider and counts how often it runs. */
async function stackIn(t: ExecutionContext) {
  const folder = await temporaryFolder(t);
  const at = (path: string) => join(folder, path);
  const write = (path: string, content: string) => writeFile(at(path), content);
  const providers = 'stack/.terraform/providers/registry.terraform.io/hashicorp/aws/5.1.0';
  await mkdir(at('stack'));
  await mkdir(at('mirror'));
  await write('stack/cdk.tf.json', synthesisWith('5.1.0', '/state'));
  await write('kept.lock.hcl', 'locks');
  let runs = 0;
  const init = async () => {
    runs += 1;
    await rm(at(providers), { recursive: true, force: true });
    await mkdir(at(providers), { recursive: true });
    await symlink(at('mirror'), join(at(providers), 'linux_amd64'));
    await write('stack/.terraform.lock.hcl', 'locks');
  };
  const props: InitializationProps = { stack: at('stack'), lockFile: at('kept.lock.hcl'), mirror: at('mirror') };
  /** True where init ran. */
  const initializes = async (changed: Partial<InitializationProps> = {}, run = init) => {
    const before = runs;
    await initializeOnce({ ...props, ...changed }, run);
    return runs > before;
  };
  return { at, write, initializes, providers };
}

test('init runs once for the same stack, whatever its resources are', async (t) => {
  const { write, initializes } = await stackIn(t);
  t.true(await initializes());
  t.false(await initializes());
  await write('stack/cdk.tf.json', synthesisWith('5.1.0', '/state').replace('"resource":{}', '"resource":{"a":1}'));
  t.false(await initializes());
});

type Stack = Awaited<ReturnType<typeof stackIn>>;

const changes: Record<string, (stack: Stack) => Promise<unknown>> = {
  'another backend': ({ write }) => write('stack/cdk.tf.json', synthesisWith('5.1.0', '/other')),
  'another kept lock file': ({ write }) => write('kept.lock.hcl', 'more locks'),
  'another lock file in the stack': ({ write }) => write('stack/.terraform.lock.hcl', 'other locks'),
  'no lock file in the stack': ({ at }) => rm(at('stack/.terraform.lock.hcl')),
  'no provider': ({ at, providers }) => rm(at(providers), { recursive: true }),
  'no platform of the provider': ({ at, providers }) => rm(join(at(providers), 'linux_amd64')),
  'a link to a provider that is gone': ({ at }) => rm(at('mirror'), { recursive: true }),
  'a torn record': ({ write }) => write('stack/.terraform/initialized', ''),
};

for (const [name, change] of Object.entries(changes)) {
  test(`init runs again after a change: ${name}`, async (t) => {
    const stack = await stackIn(t);
    await stack.initializes();
    await change(stack);
    t.true(await stack.initializes());
  });
}

test('init runs again for another mirror', async (t) => {
  const { at, initializes } = await stackIn(t);
  await initializes();
  t.true(await initializes({ mirror: at('other') }));
  t.true(await initializes({ mirror: undefined }));
});

test('init runs again after it failed', async (t) => {
  const { write, initializes } = await stackIn(t);
  await initializes();
  await write('kept.lock.hcl', 'more locks');
  const failing = () => Promise.reject(new Error('no network'));
  await t.throwsAsync(initializes({}, failing), { message: 'no network' });
  await write('kept.lock.hcl', 'locks');
  t.true(await initializes());
});
