import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SessionTokens } from './session-tokens.ts';
import { lookUp } from './tree.ts';

/** Returns the metadata for the machine at an address; undefined if no machine has it. */
export type TreeOf = (address: string) => Map<string, string> | undefined;

/** The instance metadata service, version 2 only: every request for metadata needs a session token. */
export function createMetadataService(treeOf: TreeOf, now: () => number = Date.now): Server {
  const tokens = new SessionTokens(now);
  return createServer((incoming, outgoing) => {
    const address = incoming.socket.remoteAddress ?? '';
    const token = String(incoming.headers['x-aws-ec2-metadata-token'] ?? '');
    const [path = '/'] = (incoming.url ?? '/').split('?');
    if (incoming.method === 'PUT' && path === '/latest/api/token') issueToken(tokens, address, incoming, outgoing);
    else if (!tokens.isValid(token, address)) respond(outgoing, 401, 'Unauthorized');
    else respondWithMetadata(treeOf(address), path, outgoing);
  });
}

function issueToken(tokens: SessionTokens, address: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const seconds = Number(incoming.headers['x-aws-ec2-metadata-token-ttl-seconds']);
  if (seconds >= 1 && seconds <= 21_600) {
    outgoing.setHeader('x-aws-ec2-metadata-token-ttl-seconds', seconds);
    respond(outgoing, 200, tokens.issue(address, seconds));
  } else respond(outgoing, 400, 'Bad Request');
}

// The first part of the path is a version of the metadata; all versions are the same here.
function respondWithMetadata(tree: ReturnType<TreeOf>, path: string, outgoing: ServerResponse): void {
  const found = tree && lookUp(tree, path.replace(/^\/[^/]+/, ''));
  if (found === undefined) respond(outgoing, 404, 'Not Found');
  else respond(outgoing, 200, found);
}

function respond(outgoing: ServerResponse, status: number, text: string): void {
  outgoing.writeHead(status, { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(text) }).end(text);
}
