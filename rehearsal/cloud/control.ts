import { timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Cloud } from './cloud.ts';
import { readLogs } from './logs.ts';
import { type CloudStatus, machineStatuses } from './status.ts';

export interface ControlProps {
  token: string;
  /** Where gone machines' logs are kept. */
  records: string;
  certificateArn: string;
  storeEndpoint: string;
  /** Undefined until machines can boot. */
  cloud: () => Cloud | undefined;
  stop: () => void;
}

const logLines = 200;

/** Answers the commands' questions about the running rehearsal; who does not know its token is refused. */
export function createControl(props: ControlProps) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    if (!knowsToken(props.token, incoming))
      return respond(outgoing, 403, { error: 'The token is not of this rehearsal' });
    const [, , noun, id, verb] = (incoming.url ?? '').split('/');
    const result = await route(props, `${incoming.method} ${noun}${verb ? `/${verb}` : ''}`, id ?? '');
    respond(outgoing, result ? 200 : 404, result ?? { error: 'There is nothing here' });
  };
}

function knowsToken(token: string, { headers }: IncomingMessage): boolean {
  const given = Buffer.from(headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function respond(outgoing: ServerResponse, status: number, value: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function route(props: ControlProps, request: string, id: string): Promise<object | undefined> {
  const member = props.cloud()?.members.get(id);
  switch (request) {
    case 'GET status':
      return status(props);
    case 'GET machines/logs':
      return logs(props, id);
    case 'POST machines/crash':
      await member?.machine?.crash();
      return member && {};
    case 'POST stop':
      props.stop();
      return {};
    default:
      return undefined;
  }
}

function status({ certificateArn, storeEndpoint, cloud }: ControlProps): CloudStatus {
  const running = cloud();
  return {
    ready: running !== undefined,
    certificateArn,
    storeEndpoint,
    machines: running ? machineStatuses(running) : [],
  };
}

async function logs({ cloud, records }: ControlProps, id: string): Promise<object | undefined> {
  const live = cloud()?.members.get(id)?.machine;
  if (live) return readLogs(join(live.root, 'var/log'), logLines);
  const kept = join(records, id, 'log');
  return /^i-[0-9a-f]+$/.test(id) && existsSync(kept) ? readLogs(kept, logLines) : undefined;
}
