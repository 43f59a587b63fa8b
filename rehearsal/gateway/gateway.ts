import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Admit } from './access.ts';
import { isForThisServer } from './authenticate.ts';
import type { Forward, ForwardOptions } from './forward.ts';
import { parseQueryCall, type QueryCall, queryAnswer, queryError, type Value } from './query.ts';
import { fail, refuse } from './refusal.ts';

/** An error that AWS documents for a call, with its code. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The answers to calls that the emulator cannot answer, by `service:Action`. A call without an answer is the emulator's. */
export type Answers = Record<string, (parameters: URLSearchParams) => Value | Promise<Value>>;

/** Changes the parameters of calls that the emulator does not understand, by `service:Action`. */
export type Rewrites = Record<string, (parameters: URLSearchParams) => void>;

/** Changes the emulator's answers that differ from AWS, by `service:Action`; they get the parameters that came. */
export type Amendments = Record<string, (answer: string, parameters: URLSearchParams) => Promise<string>>;

export interface GatewayProps {
  /** Forwards to the emulator. */
  forward: Forward;
  answers: Answers;
  rewrites: Rewrites;
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
      const sentence = `The rehearsal's gateway failed: ${error.message}`;
      if (outgoing.headersSent) outgoing.destroy();
      else fail(incoming, outgoing, sentence);
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
  if (!call) return props.forward(incoming, outgoing, { body });
  await carryOut(props, call, { incoming, outgoing, body });
  if (!/^(Describe|Get|List)/.test(call.action)) props.onChange();
}

interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  /** The body that came. */
  body: Buffer;
}

async function carryOut(props: GatewayProps, call: QueryCall, { incoming, outgoing, body }: Exchange): Promise<void> {
  try {
    const answer = await props.answers[callName(call)]?.(call.parameters);
    if (answer === undefined) await props.forward(incoming, outgoing, changesOf(props, call, body));
    else send(outgoing, 200, queryAnswer(call, answer));
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    send(outgoing, 400, queryError(call, error.code, error.message));
  }
}

/** Returns what is changed of a call on its way to the emulator and back. */
function changesOf({ rewrites, amendments }: GatewayProps, call: QueryCall, body: Buffer): ForwardOptions {
  const rewrite = rewrites[callName(call)];
  const amend = amendments[callName(call)];
  const parameters = new URLSearchParams(call.parameters);
  rewrite?.(parameters);
  return {
    body: rewrite ? Buffer.from(parameters.toString()) : body,
    amend: amend && ((text) => amend(text, call.parameters)),
  };
}

function send(outgoing: ServerResponse, status: number, xml: string): void {
  outgoing.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(xml) }).end(xml);
}

function callName({ service, action }: QueryCall): string {
  return `${service}:${action}`;
}
