import type { IncomingMessage } from 'node:http';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { isSameSecret } from '../same-secret.ts';

/** What a client signs its requests with. */
export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
  /** Temporary credentials have one. */
  sessionToken?: string;
}

/** Temporary credentials. */
export interface Credentials extends AccessKey {
  sessionToken: string;
  expiration: Date;
}

/** The parts of an Authorization header. */
export interface Authorization {
  accessKeyId: string;
  region: string;
  service: string;
  /** The names of the headers that are signed. */
  signedHeaders: string[];
  signature: string;
}

const pattern =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** Parses the Authorization header of a request; undefined if it is not signed (Signature Version 4). */
export function authorizationOf({ headers }: IncomingMessage): Authorization | undefined {
  const [, accessKeyId = '', region = '', service = '', names = '', signature = ''] =
    pattern.exec(headers.authorization ?? '') ?? [];
  return signature ? { accessKeyId, region, service, signedHeaders: names.split(';'), signature } : undefined;
}

/** Returns when a request was signed; an invalid date if it does not say so. */
export function signingDate({ headers }: IncomingMessage): Date {
  // 20260101T120000Z
  const text = String(headers['x-amz-date'] ?? '');
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** The header with the hash of the body, or with the way in which the body is not signed. */
export const payloadHeader = 'x-amz-content-sha256';

/** Tells whether a request is signed with a key. `body` matters for a request that does not declare its hash. */
export async function isSignedWith(key: AccessKey, request: IncomingMessage, body = Buffer.alloc(0)): Promise<boolean> {
  const given = authorizationOf(request);
  if (!given || request.headers['x-amz-security-token'] !== key.sessionToken) return false;
  const { region, service, signedHeaders } = given;
  // S3 signs a path as it is sent, the other services sign it encoded once more.
  const path = { uriEscapePath: service !== 's3', applyChecksum: false };
  const signer = new SignatureV4({ credentials: key, region, service, sha256: Sha256, ...path });
  const signed = await signer.sign(signedPart(request, signedHeaders, body), {
    signingDate: signingDate(request),
    signableHeaders: new Set(signedHeaders),
    unsignableHeaders: new Set(signedHeaders.includes(payloadHeader) ? [] : [payloadHeader]),
  });
  return isSameSecret(given.signature, pattern.exec(signed.headers.authorization ?? '')?.[5] ?? '');
}

function signedPart(request: IncomingMessage, signedHeaders: string[], body: Buffer) {
  const [path = '/', search = ''] = (request.url ?? '/').split('?');
  const parameters = new URLSearchParams(search);
  const query = Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name)]));
  const names = request.headers[payloadHeader] ? [...signedHeaders, payloadHeader] : signedHeaders;
  const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name] ?? '')]));
  return {
    method: request.method ?? 'GET',
    protocol: 'http:',
    hostname: headers.host ?? '',
    path,
    query,
    headers,
    body,
  };
}
