import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Admit } from './access.ts';
import { isForThisServer } from './authenticate.ts';
import type { Forward } from './forward.ts';
import { parseQueryCall, type QueryCall, queryAnswer, queryError, type Value } from './query.ts';
import { refuse } from './refusal.ts';

/** An error that AWS documents for a call, with its code. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The answers to calls that the emulator cannot answer, by `service:Action`. */
export type Answers = Record<string, (parameters: URLSearchParams) => Value | Promise<Value>>;

/** Changes the emulator's answers that differ from AWS, by `service:Action`. */
export type Amendments = Record<string, (answer: string) => Promise<string>>;

export interface GatewayProps {
  /** Forwards to the emulator. */
  forward: Forward;
  answers: Answers;
  amendments: Amendments;
  /** Called after every call that may have changed the desired state. */
  onChange: () => void;
  /** Refuses the requests that are not allowed, except for those of `control`. */
  admit: Admit;
  /** Answers requests below `/_rehearsal/`; machines have none. */
  control?: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;
}

/** The endpoint of the emulated AWS: it answers some calls from the real state of the machines, and moto all others. */
export function createGateway(props: GatewayProps): Server {
  return createServer((incoming, outgoing) => {
    handle(props, incoming, outgoing).catch((error: Error) => {
      if (!outgoing.headersSent) outgoing.writeHead(502, { 'content-type': 'text/plain' });
      outgoing.end(`The rehearsal's gateway failed: ${error.message}\n`);
    });
  });
}

async function handle(props: GatewayProps, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if (!isForThisServer(incoming)) return refuse(incoming, outgoing, 'host');
  if (props.control && incoming.url?.startsWith('/_rehearsal/')) return props.control(incoming, outgoing);
  const admitted = await props.admit(incoming, outgoing);
  if (!admitted) return;
  const type = incoming.headers['content-type'];
  if (!type?.startsWith('application/x-www-form-urlencoded'))
    return props.forward(incoming, outgoing, { body: admitted.body });
  const body = admitted.body ?? (await buffer(incoming));
  const call = parseQueryCall(incoming.headers.authorization, body.toString());
  if (call && (await answer(props.answers, call, outgoing))) return;
  await props.forward(incoming, outgoing, { body, amend: call && props.amendments[callName(call)] });
  if (call && !/^(Describe|Get|List)/.test(call.action)) props.onChange();
}

async function answer(answers: Answers, call: QueryCall, outgoing: ServerResponse): Promise<boolean> {
  const respond = answers[callName(call)];
  if (!respond) return false;
  const [status, text] = await resultOf(respond, call);
  outgoing.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(text) }).end(text);
  return true;
}

function callName({ service, action }: QueryCall): string {
  return `${service}:${action}`;
}

async function resultOf(respond: Answers[string], call: QueryCall): Promise<[status: number, xml: string]> {
  try {
    return [200, queryAnswer(call, await respond(call.parameters))];
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return [400, queryError(call, error.code, error.message)];
  }
}
