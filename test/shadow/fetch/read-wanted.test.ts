import test from 'ava';
import { ServiceError } from '../../../common/aws/signed-requests.ts';
import { readWanted } from '../../../shadow/fetch/read-wanted.ts';

const wanted = {
  release: '0123456789abcdef',
  url: 'https://bucket/releases/0123456789abcdef.tar.gz',
  sha256: '0123456789abcdef'.repeat(4),
};

function api(answer: string | Error) {
  const calls: unknown[] = [];
  const call = async (action: string, input: object) => {
    calls.push([action, input]);
    if (answer instanceof Error) throw answer;
    return { Parameter: { Value: answer } };
  };
  return { call, calls };
}

test('the parameter names the shadow', async (t) => {
  const { call, calls } = api(JSON.stringify(wanted));
  t.deepEqual(await readWanted({ call }, '/fleet/shadow'), wanted);
  t.deepEqual(calls, [['GetParameter', { Name: '/fleet/shadow' }]]);
});

test('without the parameter there is no shadow; another error is one', async (t) => {
  t.is(await readWanted(api(new ServiceError('ParameterNotFound', '')), '/fleet/shadow'), undefined);
  const message = 'ThrottlingException: Rate exceeded';
  const throttled = api(new ServiceError('ThrottlingException', 'Rate exceeded'));
  await t.throwsAsync(readWanted(throttled, '/fleet/shadow'), { message });
});

test('a parameter that names no shadow is refused, with what is wrong', async (t) => {
  await t.throwsAsync(readWanted(api('rubbish'), '/fleet/shadow'), {
    message: '/fleet/shadow: expected the name of a shadow:\n  (top level): expected a mapping, got nothing',
  });
  const other = JSON.stringify({ ...wanted, release: 'fedcba9876543210' });
  await t.throwsAsync(readWanted(api(other), '/fleet/shadow'), {
    message:
      '/fleet/shadow: expected the name of a shadow:\n  release: expected the first 16 digits of sha256, got "fedcba9876543210"',
  });
});
