import test from 'ava';
import { accessEnvironment, clientConfiguration } from '../../deployments/access.ts';

const aws = { region: 'eu-central-1', endpoint: undefined, credentials: undefined };
const credentials = { accessKeyId: 'REHEARSAL0', secretAccessKey: 'the-secret' };
const rehearsal = { region: 'eu-central-1', endpoint: 'http://127.0.0.1:20000', credentials };

const userEnvironment = {
  PATH: '/bin',
  HOME: '/home/somebody',
  AWS_ACCESS_KEY_ID: 'AKIA',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_PROFILE: 'production',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL_S3: 'http://elsewhere',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/token',
};

test("AWS gets the user's environment and the stage's region", (t) => {
  t.deepEqual(accessEnvironment(aws, userEnvironment), { ...userEnvironment, AWS_REGION: 'eu-central-1' });
  t.deepEqual(clientConfiguration(aws), { region: 'eu-central-1', maxAttempts: 8 });
});

test("the rehearsal gets nothing of the user's AWS account", (t) => {
  t.deepEqual(accessEnvironment(rehearsal, userEnvironment), {
    PATH: '/bin',
    HOME: '/home/somebody',
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:20000',
    AWS_ACCESS_KEY_ID: 'REHEARSAL0',
    AWS_SECRET_ACCESS_KEY: 'the-secret',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
  t.deepEqual(clientConfiguration(rehearsal), {
    region: 'eu-central-1',
    maxAttempts: 8,
    endpoint: 'http://127.0.0.1:20000',
    credentials,
  });
});
