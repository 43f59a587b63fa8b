import { createServer, type ServerResponse } from 'node:http';

// The reference of all servers: Node's own HTTP server, which parses the request and answers JSON of the same shape.
const [port = '0', sample = '{}'] = process.argv.slice(2);
const answer = JSON.parse(sample);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk)).on('end', () => respond(chunks, response));
});

function respond(chunks: Buffer[], response: ServerResponse): void {
  const { text } = JSON.parse(Buffer.concat(chunks).toString());
  const payload = JSON.stringify({ ...answer, intent: text ? answer.intent : '' });
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(payload) });
  response.end(payload);
}

server.listen(Number(port), '127.0.0.1');
