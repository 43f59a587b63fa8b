import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Admit, admission } from '../../../rehearsal/gateway/access.ts';
import type { AccessKey } from '../../../rehearsal/gateway/signature.ts';
import { userWith } from '../../../rehearsal/permissions/principal.ts';

export const accessKey: AccessKey = { accessKeyId: 'REHEARSAL0123456789ABCDEF', secretAccessKey: 'the-secret' };

/** Admits all that is signed with a key. */
export function admitAll(key: AccessKey & { expiration?: Date } = accessKey): Admit {
  const administrator = { key, principal: async () => userWith(undefined) };
  const callerOf = (id: string) => (id === key.accessKeyId ? administrator : undefined);
  return admission(callerOf, { refusalOf: async () => undefined });
}

export interface SignedRequest {
  key?: AccessKey;
  service?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  date?: Date;
  /** Declares the hash of the body in a header, as some clients do. */
  declaresHash?: boolean;
}

/** Returns the headers of a request with its signature, without the host, which fetch adds. */
export async function signedHeaders(url: string, request: SignedRequest = {}): Promise<Record<string, string>> {
  const { key = accessKey, service = 's3', method = 'GET', headers = {}, body, date = new Date() } = request;
  const { host, pathname: path, searchParams } = new URL(url);
  const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  const signer = new SignatureV4({
    credentials: key,
    region: 'eu-central-1',
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: request.declaresHash ?? true,
  });
  const unsigned = { method, protocol: 'http:', hostname: host, path, query, headers: { ...headers, host }, body };
  const { host: _, ...signed } = (await signer.sign(unsigned, { signingDate: date })).headers;
  return signed;
}

/** Sends a signed request. */
export async function fetchSigned(url: string, request: SignedRequest = {}): Promise<Response> {
  const { method = 'GET', body = null } = request;
  return fetch(url, { method, body, headers: await signedHeaders(url, request) });
}
