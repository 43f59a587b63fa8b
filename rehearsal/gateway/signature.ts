import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

const pattern =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** Returns the access key id of a signed request; undefined if it is not signed. */
export function accessKeyOf(request: IncomingMessage): string | undefined {
  return pattern.exec(request.headers.authorization ?? '')?.[1];
}

/** Tells whether a request is signed with these credentials (Signature Version 4). */
export async function isSignedWith(credentials: Credentials, request: IncomingMessage): Promise<boolean> {
  const [, , , region = '', service = '', names = '', signature = ''] =
    pattern.exec(request.headers.authorization ?? '') ?? [];
  if (request.headers['x-amz-security-token'] !== credentials.sessionToken) return false;
  const options = { region, service, sha256: Sha256, uriEscapePath: false, applyChecksum: false };
  const signer = new SignatureV4({ credentials, ...options });
  const signed = await signer.sign(signedPart(request, names.split(';')), {
    signingDate: signingDate(request),
    signableHeaders: new Set(names.split(';')),
  });
  const expected = pattern.exec(signed.headers.authorization ?? '')?.[6] ?? '';
  return expected.length === signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

function signedPart(request: IncomingMessage, names: string[]) {
  const [path = '/', search = ''] = (request.url ?? '/').split('?');
  const query = Object.fromEntries(new URLSearchParams(search));
  const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name] ?? '')]));
  return { method: request.method ?? 'GET', protocol: 'http:', hostname: headers.host ?? '', path, query, headers };
}

// 20260101T120000Z
function signingDate(request: IncomingMessage): Date {
  const text = String(request.headers['x-amz-date'] ?? '');
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** SHA-256 and HMAC-SHA-256, with the interface of @smithy/signature-v4. */
class Sha256 {
  readonly #hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('A digest cannot be reset');
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
