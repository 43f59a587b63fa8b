import { GetConsoleOutputCommand } from '@aws-sdk/client-ec2';
import type { Check } from '../check.ts';
import type { Environment } from '../environment.ts';
import { until } from '../until.ts';

async function fact(environment: Environment, name: string): Promise<string> {
  const { body } = await environment.ask('/facts');
  return new RegExp(`^${name} (.*)$`, 'm').exec(body)?.[1] ?? 'unknown';
}

async function consoleOf(environment: Environment): Promise<string> {
  const InstanceId = (await environment.group()).Instances?.[0]?.InstanceId;
  const read = async () => {
    const { Output } = await environment.clients.ec2.send(new GetConsoleOutputCommand({ InstanceId, Latest: true }));
    const text = Buffer.from(Output ?? '', 'base64').toString();
    return /acceptance: \w+ serves/.test(text) ? 'the output of the user data' : 'something else';
  };
  return until(read, (found) => found === 'the output of the user data', { seconds: 60 });
}

async function pending(environment: Environment): Promise<string> {
  return `${await environment.workspace.pending()} changes`;
}

/** What a machine is given. */
export const machineChecks: Check[] = [
  {
    name: 'a plan after an apply',
    expected: '0 changes',
    page: 'Terraform: Command: plan',
    observe: pending,
  },
  {
    name: 'metadata without a token, where tokens are required',
    expected: '401',
    page: 'Use the Instance Metadata Service to access instance metadata',
    observe: (environment) => fact(environment, 'metadata-without-token'),
  },
  {
    name: 'an object that the role of a machine may read',
    expected: '200',
    page: 'How permissions and policies provide access management',
    observe: (environment) => fact(environment, 'public-object'),
  },
  {
    name: 'an object that the role of a machine may not read',
    expected: '403',
    page: 'How permissions and policies provide access management',
    observe: (environment) => fact(environment, 'private-object'),
  },
  {
    name: 'the console of a machine',
    expected: 'the output of the user data',
    page: 'Instance console output',
    observe: consoleOf,
  },
];
