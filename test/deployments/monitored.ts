import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { Endpoint } from '../../deployments/endpoint.ts';
import { certificateFor } from '../support/certificates.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** An endpoint that answers each path as `answer` says, by status and body. */
export async function startEndpoint(
  t: ExecutionContext,
  answer: (url: URL) => [status: number, body: string],
): Promise<Endpoint> {
  const certificate = await certificateFor(t, 'localhost');
  const authority = join(await temporaryFolder(t), 'ca.pem');
  await writeFile(authority, certificate.cert);
  const server = createServer(certificate, (request, response) => {
    const [status, body] = answer(new URL(request.url ?? '', 'https://localhost'));
    response.writeHead(status).end(body);
  });
  const port = await listen(t, server as never);
  return { authority, acceptsAnyName: false, url: `https://localhost:${port}` };
}

/** The answer of Prometheus to a query. */
export function vector(...samples: [labels: Record<string, string>, value: string][]): string {
  const result = samples.map(([metric, value]) => ({ metric, value: [1_700_000_000.5, value] }));
  return JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
}
