import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { textOf } from '../permissions/call.ts';
import type { Admit } from './access.ts';
import { isForThisServer } from './authenticate.ts';
import type { Forward, ForwardOptions } from './forward.ts';
import { jsonAnswer, jsonError, parseJsonCall } from './json.ts';
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
  const isForm = incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  if (!isForm && !incoming.headers['x-amz-target']) return props.forward(incoming, outgoing, { body: admitted.body });
  const body = admitted.body ?? (await buffer(incoming));
  const text = textOf(body, incoming.headers['content-encoding']);
  const protocol = isForm ? queryProtocol : jsonProtocol;
  const call = isForm ? parseQueryCall(incoming.headers.authorization, text) : parseJsonCall(incoming, text);
  if (!call) return props.forward(incoming, outgoing, { body });
  await carryOut(props, call, { incoming, outgoing, body, protocol });
  if (!/^(Describe|Get|List|PutMetric)/.test(call.action)) props.onChange();
}

/** How answers are written. */
interface Protocol {
  type: string;
  answer: (call: QueryCall, value: Value) => string;
  error: (call: QueryCall, code: string, message: string) => string;
}

const queryProtocol: Protocol = { type: 'text/xml', answer: queryAnswer, error: queryError };

const jsonProtocol: Protocol = {
  type: 'application/x-amz-json-1.0',
  answer: (_, value) => jsonAnswer(value),
  error: (_, code, message) => jsonError(code, message),
};

interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  /** The body that came. */
  body: Buffer;
  protocol: Protocol;
}

async function carryOut(props: GatewayProps, call: QueryCall, exchange: Exchange): Promise<void> {
  const { incoming, outgoing, body, protocol } = exchange;
  try {
    const answer = await props.answers[callName(call)]?.(call.parameters);
    if (answer === undefined) await props.forward(incoming, outgoing, changesOf(props, call, body));
    else send(outgoing, 200, protocol.type, protocol.answer(call, answer));
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    send(outgoing, 400, protocol.type, protocol.error(call, error.code, error.message));
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

function send(outgoing: ServerResponse, status: number, type: string, body: string): void {
  outgoing.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

function callName({ service, action }: QueryCall): string {
  return `${service}:${action}`;
}
