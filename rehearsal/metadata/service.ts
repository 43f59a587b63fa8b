import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { lookUp } from './tree.ts';

/** What the machine at an address is told; undefined for addresses that no machine has. */
export type TreeOf = (address: string) => Map<string, () => string> | undefined;

/** The instance metadata service, version 2 alone: nothing is told without a token. */
export function createMetadataService(treeOf: TreeOf): Server {
  const tokens = new Map<string, { address: string; expires: number }>();
  return createServer((incoming, outgoing) => {
    const address = incoming.socket.remoteAddress ?? '';
    const [path = '/'] = (incoming.url ?? '/').split('?');
    if (incoming.method === 'PUT' && path === '/latest/api/token') giveToken(tokens, address, incoming, outgoing);
    else if (!mayAsk(tokens, address, incoming)) answer(outgoing, 401, 'Unauthorized');
    else tell(treeOf(address), path, outgoing);
  });
}

type Tokens = Map<string, { address: string; expires: number }>;

function giveToken(tokens: Tokens, address: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const seconds = Number(incoming.headers['x-aws-ec2-metadata-token-ttl-seconds']);
  if (!(seconds >= 1 && seconds <= 21_600)) {
    answer(outgoing, 400, 'Bad Request');
    return;
  }
  const token = randomBytes(32).toString('base64url');
  tokens.set(token, { address, expires: Date.now() + seconds * 1000 });
  outgoing.setHeader('x-aws-ec2-metadata-token-ttl-seconds', seconds);
  answer(outgoing, 200, token);
}

function mayAsk(tokens: Tokens, address: string, incoming: IncomingMessage): boolean {
  const token = tokens.get(String(incoming.headers['x-aws-ec2-metadata-token'] ?? ''));
  return token !== undefined && token.address === address && token.expires > Date.now();
}

// Every published version of the tree has the same paths; `latest` is one of them.
function tell(tree: ReturnType<TreeOf>, path: string, outgoing: ServerResponse): void {
  const found = tree && lookUp(tree, path.replace(/^\/[^/]+/, ''));
  if (found === undefined) answer(outgoing, 404, 'Not Found');
  else answer(outgoing, 200, found);
}

function answer(outgoing: ServerResponse, status: number, text: string): void {
  outgoing.writeHead(status, { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(text) }).end(text);
}
