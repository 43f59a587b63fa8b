import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CallError } from '../protocols/call-error.ts';
import { mayChangeState } from '../protocols/changes-state.ts';
import type { Input } from '../protocols/input.ts';
import type { Value } from '../protocols/protocol.ts';
import type { Admit } from './access.ts';
import { isForThisServer } from './authenticate.ts';
import type { Forward } from './forward.ts';
import { refuse } from './refusal.ts';
import { type ErrorResponse, respond, respondWithError } from './respond.ts';

/** The answers to calls that the emulator cannot answer, by `service:Action`. A call without an answer is the emulator's. */
export type Answers = Record<string, (input: Input) => Value | Promise<Value>>;

export interface GatewayProps {
  /** Forwards to the emulator. */
  forward: Forward;
  answers: Answers;
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
      if (outgoing.headersSent) outgoing.destroy();
      else respondWithError(incoming, outgoing, responseOf(error));
    });
  });
}

async function handle(props: GatewayProps, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if (!isForThisServer(incoming)) return refuse(incoming, outgoing, 'host');
  if (props.control && incoming.url?.startsWith('/_rehearsal/')) return props.control(incoming, outgoing);
  const admitted = await props.admit(incoming, outgoing);
  if (!admitted) return;
  const { call, body } = admitted;
  try {
    const answer = call && (await props.answers[`${call.service}:${call.action}`]?.(call.input));
    if (call && answer !== undefined) respond(incoming, outgoing, call, answer);
    else await props.forward(incoming, outgoing, body);
  } finally {
    // A call that fails may have changed something, too.
    if (call && mayChangeState(call)) props.onChange();
  }
}

function responseOf(error: Error): ErrorResponse {
  if (error instanceof CallError) return { status: 400, code: error.code, message: error.message };
  return { status: 502, code: 'InternalFailure', message: `The rehearsal's gateway failed: ${error.message}` };
}
