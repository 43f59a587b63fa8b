import test from 'ava';
import { RoleCredentials } from '../../../common/aws/role-credentials.ts';

const minute = 60_000;

/** A metadata service whose credentials are valid for an hour; each time it issues others. */
function metadata(document: object = {}) {
  const paths: string[] = [];
  let now = 0;
  const read = async (path: string) => {
    paths.push(path);
    if (path === 'iam/security-credentials/') return 'the-role\n';
    const Expiration = new Date(now + 60 * minute).toISOString();
    return JSON.stringify({ AccessKeyId: `key-${now}`, SecretAccessKey: 's', Token: 't', Expiration, ...document });
  };
  const credentials = new RoleCredentials({ read }, () => now);
  const advance = (minutes: number) => {
    now += minutes * minute;
  };
  return { paths, credentials, advance };
}

test('credentials are kept until five minutes before they expire', async (t) => {
  const { paths, credentials, advance } = metadata();
  const first = await credentials.get();
  t.deepEqual(first, {
    accessKeyId: 'key-0',
    secretAccessKey: 's',
    sessionToken: 't',
    expiration: new Date(60 * minute),
  });
  t.deepEqual(paths, ['iam/security-credentials/', 'iam/security-credentials/the-role']);
  advance(55);
  t.is(await credentials.get(), first);
  advance(1);
  t.is((await credentials.get()).accessKeyId, `key-${56 * minute}`);
});

test('credentials that AWS has refused are read anew', async (t) => {
  const { paths, credentials } = metadata();
  await credentials.get();
  credentials.forget();
  await credentials.get();
  t.is(paths.length, 4);
});

test('a document without credentials is an error with its code', async (t) => {
  const { credentials } = metadata({ Code: 'AssumeRoleUnauthorizedAccess', Token: undefined });
  await t.throwsAsync(credentials.get(), {
    message: 'role the-role: expected credentials from the metadata service, got AssumeRoleUnauthorizedAccess',
  });
});
