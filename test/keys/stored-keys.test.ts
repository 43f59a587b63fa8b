import test from 'ava';
import { readStoredKeys } from '../../keys/stored-keys.ts';
import { makeKey } from '../app/access/keys.ts';

/** An API that answers page after page, and records what it was asked. */
function pages(...answers: Record<string, unknown>[]) {
  const calls: unknown[] = [];
  const call = async (action: string, input: object) => {
    calls.push([action, input]);
    return answers.shift() ?? {};
  };
  return { calls, api: { call } };
}

function parameter(name: string, value: unknown) {
  return { Name: `/fleet/api-keys/${name}`, Value: typeof value === 'string' ? value : JSON.stringify(value) };
}

test('the keys of all pages are read, sorted by name', async (t) => {
  const [web, crm] = [makeKey('web').named, makeKey('crm', { scopes: ['feedback'] }).named];
  const [{ name: _, ...webRecord }, { name: __, ...crmRecord }] = [web, crm];
  const { api, calls } = pages(
    { Parameters: [parameter('web', webRecord)], NextToken: 'more' },
    { Parameters: [parameter('crm', crmRecord)], NextToken: null },
  );
  t.deepEqual(await readStoredKeys(api, '/fleet/api-keys'), { keys: [crm, web], unreadable: [] });
  t.deepEqual(calls, [
    ['GetParametersByPath', { Path: '/fleet/api-keys', MaxResults: 10 }],
    ['GetParametersByPath', { Path: '/fleet/api-keys', MaxResults: 10, NextToken: 'more' }],
  ]);
});

test('what is no key is named and does not keep the others from being read', async (t) => {
  const { name: _, ...record } = makeKey('web').named;
  const { api } = pages({
    Parameters: [
      parameter('Bad_Name', record),
      parameter('rubbish', 'rubbish'),
      parameter('scope', { ...record, scopes: ['everything'] }),
      parameter('web', record),
      parameter('z', {}),
    ],
  });
  t.deepEqual(await readStoredKeys(api, '/fleet/api-keys'), {
    keys: [{ name: 'web', ...record }],
    unreadable: ['Bad_Name', 'rubbish', 'scope', 'z'].map((name) => `/fleet/api-keys/${name}`),
  });
});

test('without parameters there is no key', async (t) => {
  t.deepEqual(await readStoredKeys(pages({}).api, '/fleet/api-keys'), { keys: [], unreadable: [] });
});
