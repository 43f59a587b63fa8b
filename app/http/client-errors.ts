import type { Socket } from 'node:net';
import { type ProblemName, problemCatalogue } from '../problems/catalogue.ts';
import { Problem } from '../problems/problem.ts';

const kinds: Record<string, [ProblemName, string]> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The request line and headers together are longer than is accepted.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request did not arrive whole in time; send it again at once.'],
};
const malformed: [ProblemName, string] = ['invalid-request', 'The bytes that came are not an HTTP/1.1 request.'];

/** Answers what Node's HTTP parser refused, before there is a request that Express could see. */
export function answerClientError(error: NodeJS.ErrnoException, stream: { writable: boolean }): void {
  const socket = stream as Socket;
  const [kind, detail] = kinds[error.code ?? ''] ?? malformed;
  if (!isOfHttp(error) || !socket.writable || isAnswering(socket)) socket.destroy();
  else socket.end(rawAnswer(new Problem(kind, detail)));
}

// All else is a connection that broke, or a TLS handshake that failed: an answer would wait for its end, which never comes.
function isOfHttp({ code = '' }: NodeJS.ErrnoException): boolean {
  return code.startsWith('HPE_') || code in kinds;
}

// Node keeps the answer under way here and asks the same before it writes its own error; a second answer would garble it.
function isAnswering(socket: Socket & { _httpMessage?: { headersSent: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent ?? false;
}

function rawAnswer(problem: Problem): string {
  const body = JSON.stringify(problem.toBody());
  const { status, title } = problemCatalogue[problem.kind];
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
