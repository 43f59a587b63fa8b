import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';

/** What the metadata service hands to an instance for its role. */
export const credentials = {
  AccessKeyId: 'ASIAEXAMPLEEXAMPLE00',
  SecretAccessKey: 'se/cret+with=all/of+them=',
  Token: 'IQoJb3JpZ2luX2VjE//////////wEaDGV1LWNlbnRyYWwtMSJHMEUCIQ==',
};

export interface Cloud {
  /** Address of both the metadata service and the store. */
  url: string;
  /** Each request as `METHOD path status`. */
  requests: string[];
  close(): void;
}

/** A metadata service that asks for its token, and a store that checks every signature by an implementation not ours. */
export async function startCloud(objects: Record<string, Buffer>, role: object = credentials): Promise<Cloud> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request, objects, role);
    requests.push(`${request.method} ${request.url} ${status}`);
    respond(response, status, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: addressOf(server), requests, close: () => server.close() };
}

function addressOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo;
  return `http://${address}:${port}`;
}

type Answer = [status: number, body: string | Buffer];

async function answer(request: IncomingMessage, objects: Record<string, Buffer>, role: object): Promise<Answer> {
  const path = request.url ?? '';
  return path.startsWith('/latest/') ? metadata(request, path, role) : store(request, objects[path]);
}

function metadata({ method, headers }: IncomingMessage, path: string, role: object): Answer {
  if (path === '/latest/api/token') return tokenAnswer(method, headers['x-aws-ec2-metadata-token-ttl-seconds']);
  if (headers['x-aws-ec2-metadata-token'] !== 'session-token') return [401, ''];
  const roles = '/latest/meta-data/iam/security-credentials/';
  if (path === roles) return [200, 'the-role'];
  if (path === `${roles}the-role`) return [200, JSON.stringify(role, null, 2)];
  return [404, ''];
}

function tokenAnswer(method: string | undefined, lifetime: string | string[] | undefined): Answer {
  return method === 'PUT' && Number(lifetime) > 0 ? [200, 'session-token'] : [400, ''];
}

async function store(request: IncomingMessage, object: Buffer | undefined): Promise<Answer> {
  const refusal = await whyRefused(request);
  if (refusal !== undefined) return [403, refusal];
  return object === undefined ? [404, 'NoSuchKey'] : [200, object];
}

/** Signs the request anew and compares; S3 asks for a signed payload hash and a signed session token besides. */
async function whyRefused(request: IncomingMessage): Promise<string | undefined> {
  const given =
    /Credential=([^/]+)\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)/.exec(
      request.headers.authorization ?? '',
    );
  if (given === null) return `no signature in ${request.headers.authorization}`;
  const [, accessKeyId, , region, service, names = '', signature] = given;
  const signed = names.split(';');
  const missing = ['host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token'].find(
    (name) => !signed.includes(name),
  );
  if (missing) return `${missing} is not signed`;
  if (accessKeyId !== credentials.AccessKeyId || service !== 's3' || region !== 'eu-central-1') return 'wrong scope';
  return (await expectedSignature(request, signed)) === signature ? undefined : 'SignatureDoesNotMatch';
}

async function expectedSignature(request: IncomingMessage, signed: string[]): Promise<string | undefined> {
  const headers = Object.fromEntries(signed.map((name) => [name, String(request.headers[name])]));
  const signer = new SignatureV4({
    service: 's3',
    region: 'eu-central-1',
    uriEscapePath: false,
    credentials: {
      accessKeyId: credentials.AccessKeyId,
      secretAccessKey: credentials.SecretAccessKey,
      sessionToken: credentials.Token,
    },
    sha256: Sha256,
  });
  const again = await signer.sign(
    { method: request.method ?? '', protocol: 'http:', hostname: '', path: request.url ?? '', headers },
    { signingDate: dateOf(headers['x-amz-date'] ?? ''), signableHeaders: new Set(signed) },
  );
  return /Signature=(\w+)/.exec(again.headers.authorization ?? '')?.[1];
}

/** 20261121T003000Z, as a date. */
function dateOf(stamp: string): Date {
  return new Date(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** The hash that the signer asks for, from Node. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

function respond(response: ServerResponse, status: number, body: string | Buffer): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
