import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import test from 'ava';
import { keyId } from '../../common/api-keys/key.ts';
import { ApiKeys } from '../../deployments/api-keys.ts';
import { emulated } from '../rehearsal/gateway/emulated.ts';
import { accessKey } from '../rehearsal/gateway/signed.ts';

test('keys are made, listed from as many pages as there are, and ended; of a key only its hash is kept', async (t) => {
  const { endpoint } = await emulated(t);
  const access = { region: 'eu-central-1', endpoint, credentials: accessKey };
  const [apiKeys, others] = [new ApiKeys(access, 'fleet'), new ApiKeys(access, 'fleet-two')];
  t.deepEqual(await apiKeys.list(), { keys: [], unreadable: [] });
  const names = Array.from({ length: 12 }, (_, index) => `key-${String(index).padStart(2, '0')}`);
  const texts: string[] = [];
  for (const name of names) texts.push(await apiKeys.create({ name, scopes: ['predict'] }));
  const expiresAt = new Date('2099-01-01T00:00:00Z');
  await others.create({ name: 'web', scopes: ['predict', 'feedback'], expiresAt });

  const { keys } = await apiKeys.list();
  t.deepEqual(
    keys.map(({ name, id, scopes }) => [name, id, scopes]),
    names.map((name, index) => [name, keyId(texts[index] ?? ''), ['predict']]),
  );
  t.false(texts.some((text) => JSON.stringify(keys).includes(text)));
  t.deepEqual(
    (await others.list()).keys.map(({ name, scopes, expiresAt: end }) => [name, scopes, end]),
    [['web', ['predict', 'feedback'], '2099-01-01T00:00:00.000Z']],
  );

  await t.throwsAsync(apiKeys.create({ name: 'key-03', scopes: ['predict'] }), {
    name: 'UserError',
    message: 'NAME=key-03: expected a new name, got that of a key. Revoke it first: make api-keys REVOKE=key-03',
  });
  t.deepEqual([await apiKeys.revoke('key-03'), await apiKeys.revoke('key-03')], [true, false]);
  t.is((await apiKeys.list()).keys.length, 11);
  await new SSMClient({ ...access, maxAttempts: 1 }).send(
    new PutParameterCommand({ Name: '/fleet/api-keys/strange', Value: 'rubbish', Type: 'String' }),
  );
  t.deepEqual((await apiKeys.list()).unreadable, ['/fleet/api-keys/strange']);
  t.is(await apiKeys.revokeAll(), 12);
  t.deepEqual(await apiKeys.list(), { keys: [], unreadable: [] });
  t.is((await others.list()).keys.length, 1);
});
