import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import type { Endpoint } from './endpoint.ts';

export type TlsOptions = Pick<ConnectionOptions, 'ca' | 'checkServerIdentity'>;

/** Returns what verifies the certificate of an endpoint. */
export async function tlsOptionsOf({
  authority,
  acceptsAnyName,
}: Pick<Endpoint, 'authority' | 'acceptsAnyName'>): Promise<TlsOptions> {
  return {
    ...(authority && { ca: await readFile(authority) }),
    ...(acceptsAnyName && { checkServerIdentity: () => undefined }),
  };
}
