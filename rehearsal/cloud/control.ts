import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { BalancerPorts } from '../balancer/listener-ports.ts';
import type { Policy } from '../permissions/principal.ts';
import { isSameSecret } from '../same-secret.ts';
import { readLogs } from './logs.ts';
import type { FleetMember } from './member.ts';

/** The state of a running rehearsal. */
export interface CloudStatus {
  /** True once machines can boot. */
  ready: boolean;
  certificateArn: string;
  /** The URL of S3 for machines. */
  storeEndpoint: string;
  /** The ports of 127.0.0.1 for load balancers' listeners. */
  ports: BalancerPorts;
  /** True: a launch template keeps its own tags apart from those of machines. The emulator of earlier versions mixes them. */
  keepsTemplateTags?: boolean;
  /** Whether its balancer obeys the rules of listeners, by which a request chooses a track; absent where an earlier version runs. */
  obeysRules?: boolean;
}

export interface ControlProps extends Omit<CloudStatus, 'ready'> {
  token: string;
  /** The folder that keeps the logs of removed machines. */
  records: string;
  /** The actual fleet, by the instances' ids; undefined until machines can boot. */
  members: () => ReadonlyMap<string, FleetMember> | undefined;
  /** Limits the rehearsal's access key to an IAM policy. */
  usePolicy: (policy: Policy) => void;
  stop: () => void;
}

const logLines = 200;

/**
 * Answers the commands' requests to a running rehearsal; refuses those without its bearer token. Commands may be of an
 * earlier or later version of the project than the rehearsal, so what they use of this API must not change.
 */
export function createControl(props: ControlProps) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const given = incoming.headers.authorization ?? '';
    if (!isSameSecret(given, `Bearer ${props.token}`)) return respond(outgoing, 403, { error: 'Invalid bearer token' });
    const [, , noun, id, verb] = (incoming.url ?? '').split('/');
    const input = incoming.method === 'PUT' ? await json(incoming) : undefined;
    const result = await route(props, `${incoming.method} ${noun}${verb ? `/${verb}` : ''}`, id ?? '', input);
    respond(outgoing, result ? 200 : 404, result ?? { error: 'Not found' });
  };
}

function respond(outgoing: ServerResponse, status: number, value: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function route(props: ControlProps, request: string, id: string, input: unknown): Promise<object | undefined> {
  const { certificateArn, storeEndpoint, ports } = props;
  const members = props.members();
  const member = members?.get(id);
  switch (request) {
    case 'GET status':
      return {
        ready: members !== undefined,
        certificateArn,
        storeEndpoint,
        ports,
        keepsTemplateTags: true,
        obeysRules: true,
      } satisfies CloudStatus;
    case 'GET machines/logs':
      return machineLogs(member, props.records, id);
    case 'POST machines/crash':
      await member?.machine?.crash();
      return member && {};
    case 'PUT policy':
      props.usePolicy(input as Policy);
      return {};
    case 'POST stop':
      props.stop();
      return {};
    default:
      return undefined;
  }
}

async function machineLogs(member: FleetMember | undefined, records: string, id: string): Promise<object | undefined> {
  if (member?.machine) return readLogs(join(member.machine.root, 'var/log'), logLines);
  const kept = join(records, id, 'log');
  return /^i-[0-9a-f]+$/.test(id) && existsSync(kept) ? readLogs(kept, logLines) : undefined;
}
