import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import test from 'ava';
import { stateFile } from '../../common/paths.ts';
import { readStateOutputs, readStateResources, readStateVersion } from '../../deployments/state-outputs.ts';
import { loadStage } from '../../stages/load.ts';
import { listen } from '../support/servers.ts';
import { stageWithState as local } from './local-state.ts';

const { settings } = await loadStage('rehearsal');
const state = JSON.stringify({
  version: 4,
  outputs: { url: { value: 'https://x', type: 'string' }, release: { value: 'ab', type: 'string' } },
  resources: [],
});

test('outputs are read from a local state; one without any is like none', async (t) => {
  t.deepEqual(await readStateOutputs(await local(t, state)), { url: 'https://x', release: 'ab' });
  t.is(await readStateOutputs(await local(t, '{"version":4,"outputs":{},"resources":[]}')), undefined);
  t.is(await readStateOutputs(await local(t)), undefined);
});

test('an output that Terraform does not know yet is like none', async (t) => {
  const unknown = (name: string) => ({ [name]: { value: null, type: 'string' } });
  const known = { stack: { value: 'fleet', type: 'string' } };
  const read = async (outputs: object) => readStateOutputs(await local(t, JSON.stringify({ outputs })));
  t.deepEqual(await read({ ...unknown('url'), ...unknown('deployment'), ...known }), { stack: 'fleet' });
  t.is(await read(unknown('deployment')), undefined);
});

test('the attributes of resources are read by their addresses, those of data sources are left out', async (t) => {
  const resource = (type: string, name: string, attributes: object, mode = 'managed') => ({
    ...{ mode, type, name },
    instances: [{ attributes }],
  });
  const resources = [
    resource('aws_vpc', 'network_vpc_0A1B2C3D', { id: 'vpc-1' }),
    resource('aws_availability_zones', 'zones', { names: [] }, 'data'),
    { mode: 'managed', type: 'aws_subnet', name: 'none', instances: [] },
  ];
  t.deepEqual(await readStateResources(await local(t, JSON.stringify({ outputs: {}, resources }))), {
    'aws_vpc.network_vpc_0A1B2C3D': { id: 'vpc-1' },
    'aws_subnet.none': {},
  });
  t.deepEqual(await readStateResources(await local(t, '{"outputs":{}}')), {});
  t.deepEqual(await readStateResources(await local(t)), {});
});

test('the version of a state is its lineage and its serial', async (t) => {
  const versioned = '{"version":4,"lineage":"5d1f","serial":7,"outputs":{}}';
  t.deepEqual(await readStateVersion(await local(t, versioned)), { lineage: '5d1f', serial: 7 });
  t.is(await readStateVersion(await local(t, versioned.slice(0, 20))), undefined);
  t.is(await readStateVersion(await local(t)), undefined);
});

const remedy =
  'Put its last version in its place: beside a local state as .backup, in a versioned bucket as its version before.';

test('a state that is empty or cut off is named', async (t) => {
  for (const [content, got] of [
    ['', 'an empty file'],
    [state.slice(0, 40), 'an incomplete file'],
    ['[]', 'an incomplete file'],
  ]) {
    const stage = await local(t, content);
    await writeFile(`${stateFile(stage.name)}.backup`, state);
    await t.throwsAsync(readStateOutputs(stage), {
      name: 'TornStateError',
      message: `${stage.file}: expected a Terraform state, got ${got}. ${remedy}`,
    });
  }
});

test('a state that is empty is none where its backup has no resources', async (t) => {
  const stage = await local(t, '');
  await writeFile(`${stateFile(stage.name)}.backup`, '{\n  "version": 4,\n  "serial": 1,\n  "resources": []\n}\n');
  t.is(await readStateOutputs(stage), undefined);
});

test('a state that was never written is none, although Terraform has made its file', async (t) => {
  const stage = await local(t, '');
  t.is(await readStateOutputs(stage), undefined);
  t.is(await readStateVersion(stage), undefined);
  t.deepEqual(await readStateResources(stage), {});
});

test.serial('outputs are read from a state in S3', async (t) => {
  const answers: Record<string, [status: number, body: string]> = {
    '/ours/intent-fleet-stage.tfstate': [200, state],
    '/ours/intent-fleet-empty.tfstate': [404, '<Error><Code>NoSuchKey</Code></Error>'],
    '/ours/intent-fleet-foreign.tfstate': [403, '<Error><Code>AccessDenied</Code><Message>no</Message></Error>'],
  };
  const server = createServer((request, response) => {
    const [status, body] = answers[request.url?.split('?')[0] ?? ''] ?? [500, ''];
    response.writeHead(status).end(body);
  });
  const { env } = process;
  t.teardown(() => {
    process.env = env;
  });
  process.env = {
    ...env,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${await listen(t, server)}`,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  const inS3 = { ...settings, state: { backend: 's3', bucket: 'ours', region: 'eu-central-1' } } as const;
  t.deepEqual(await readStateOutputs({ name: 'stage', settings: inS3 }), { url: 'https://x', release: 'ab' });
  t.is(await readStateOutputs({ name: 'empty', settings: inS3 }), undefined);
  await t.throwsAsync(readStateOutputs({ name: 'foreign', settings: inS3 }), {
    name: 'UserError',
    message: 's3://ours/intent-fleet-foreign.tfstate: expected the Terraform state, got: no',
  });
});
