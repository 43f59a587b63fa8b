import { ACMClient } from '@aws-sdk/client-acm';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { SNSClient } from '@aws-sdk/client-sns';
import { mayChangeState } from '../protocols/changes-state.ts';
import { motoPort } from './moto.ts';

export interface EmulatorClientsProps {
  region: string;
  /** Called after every call that may have changed the state. */
  onChange: () => void;
  /** The emulator's. */
  port?: number;
}

/** Returns AWS clients whose calls go to the emulator, past the gateway. */
export function emulatorClients({ region, onChange, port = motoPort }: EmulatorClientsProps) {
  const configuration = {
    region,
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
    maxAttempts: 2,
  };
  const clients = {
    acm: new ACMClient(configuration),
    autoScaling: new AutoScalingClient(configuration),
    cloudWatch: new CloudWatchClient(configuration),
    ec2: new EC2Client(configuration),
    balancing: new ElasticLoadBalancingV2Client(configuration),
    iam: new IAMClient(configuration),
    sns: new SNSClient(configuration),
  };
  for (const { middlewareStack } of Object.values(clients)) reportChanges(middlewareStack as MiddlewareStack, onChange);
  return clients;
}

// The stacks of all clients have this type, but for the calls that they can make.
type MiddlewareStack = EC2Client['middlewareStack'];

// A call that fails may have changed something, too.
function reportChanges(stack: MiddlewareStack, onChange: () => void): void {
  stack.add((next, { commandName = '' }) => async (input) => {
    try {
      return await next(input);
    } finally {
      if (mayChangeState({ action: commandName })) onChange();
    }
  });
}

export type Clients = ReturnType<typeof emulatorClients>;
