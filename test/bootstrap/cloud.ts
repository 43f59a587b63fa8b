import { createServer, type ServerResponse } from 'node:http';
import type { ExecutionContext } from 'ava';
import { createGateway } from '../../rehearsal/gateway/gateway.ts';
import { createMetadataService } from '../../rehearsal/metadata/service.ts';
import { admitAll } from '../rehearsal/gateway/signed.ts';
import { listen } from '../support/servers.ts';

/** The credentials that the metadata service issues for an instance's role. */
export const credentials = {
  AccessKeyId: 'ASIAEXAMPLEEXAMPLE00',
  SecretAccessKey: 'se/cret+with=all/of+them=',
  Token: 'IQoJb3JpZ2luX2VjE//////////wEaDGV1LWNlbnRyYWwtMSJHMEUCIQ==',
};

const issued = {
  accessKeyId: credentials.AccessKeyId,
  secretAccessKey: credentials.SecretAccessKey,
  sessionToken: credentials.Token,
  expiration: new Date(8.64e15),
};

// S3 refuses a request that does not sign these.
const signed = /SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, /;

export interface Cloud {
  /** Address of both the metadata service and the store. */
  url: string;
  /** Each request as `METHOD path status`. */
  requests: string[];
}

/** The rehearsal's metadata service and store, which holds `objects`; `role` is what the former answers for the role. */
export async function startCloud(
  t: ExecutionContext,
  objects: Record<string, Buffer>,
  role: object = credentials,
): Promise<Cloud> {
  const requests: string[] = [];
  const tree = new Map([['meta-data/iam/security-credentials/the-role', JSON.stringify(role, null, 2)]]);
  const metadata = createMetadataService(() => tree);
  const store = createGateway({
    forward: async ({ url = '', headers }, outgoing) => {
      t.regex(headers.authorization ?? '', signed);
      respond(outgoing, objects[url]);
    },
    admit: admitAll(issued),
    answers: {},
    onChange: () => undefined,
  });
  const server = createServer((incoming, outgoing) => {
    outgoing.on('finish', () => requests.push(`${incoming.method} ${incoming.url} ${outgoing.statusCode}`));
    (incoming.url?.startsWith('/latest/') ? metadata : store).emit('request', incoming, outgoing);
  });
  return { url: `http://127.0.0.1:${await listen(t, server)}`, requests };
}

function respond(outgoing: ServerResponse, object: Buffer | undefined): void {
  outgoing.writeHead(object ? 200 : 404).end(object ?? 'NoSuchKey');
}
