import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// What everything is compared with: Node's own HTTP server that parses the request and answers JSON of the same shape.
const answer = JSON.parse(process.argv[2] ?? '{}');

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk)).on('end', () => respond(chunks, request, response));
});

function respond(chunks: Buffer[], _request: IncomingMessage, response: ServerResponse): void {
  const { text } = JSON.parse(Buffer.concat(chunks).toString());
  const payload = JSON.stringify({ ...answer, intent: text ? answer.intent : '' });
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(payload) });
  response.end(payload);
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ address: server.address() as AddressInfo })}\n`);
});
