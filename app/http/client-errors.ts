import type { Socket } from 'node:net';
import { type ProblemName, problemCatalogue } from '../problems/catalogue.ts';
import { HttpProblem } from '../problems/problem.ts';

const kinds: Record<string, [ProblemName, string]> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The request line and headers together are longer than is accepted.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request did not arrive completely in time; send it again.'],
};
const malformed: [ProblemName, string] = ['invalid-request', 'The received bytes are not an HTTP/1.1 request.'];

/** Answers a request that Node's HTTP parser refused and Express never sees. */
export function answerClientError(error: NodeJS.ErrnoException, stream: { writable: boolean }): void {
  const socket = stream as Socket;
  const [kind, detail] = kinds[error.code ?? ''] ?? malformed;
  if (!isHttpError(error) || !socket.writable || isAnswering(socket)) socket.destroy();
  else socket.end(rawAnswer(new HttpProblem(kind, detail)));
}

// Other errors are of broken connections and failed TLS handshakes, where writing an answer would never end.
function isHttpError({ code = '' }: NodeJS.ErrnoException): boolean {
  return code.startsWith('HPE_') || code in kinds;
}

// Node keeps the answer in progress here; a second one would garble it, so Node checks the same before its own errors.
function isAnswering(socket: Socket & { _httpMessage?: { headersSent: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent ?? false;
}

function rawAnswer(problem: HttpProblem): string {
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
