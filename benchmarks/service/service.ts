import { join } from 'node:path';
import type { Load } from '../oha.ts';
import { type BenchServer, startServer } from '../servers.ts';
import type { BenchContext } from './context.ts';
import type { BenchModel } from './models.ts';

/** Number of clients in every measurement. */
export const connections = 16;

/** Starts the service with everything on, as the release's manifest says; `more` is added to its environment. */
export function startReleasedService(
  context: BenchContext,
  name: string,
  model: BenchModel,
  scheme: 'http' | 'https' = 'http',
  more: Record<string, string> = {},
): Promise<BenchServer> {
  const { folder, manifest } = context.release;
  const { runtime, options, program, environment } = manifest.start;
  const { certificate, key } = context.certificate;
  return startServer({
    name,
    scheme,
    argv: () => [join(folder, runtime), ...options, join(folder, program)],
    environment: (port) => ({
      PORT: String(port),
      ARTIFACT: model.folder,
      RATE_LIMIT_REQUESTS: '1000000000',
      METRICS_PORT: '0',
      ...environment,
      ...(scheme === 'https' && { TLS_CERTIFICATE: certificate, TLS_KEY: key }),
      ...more,
    }),
  });
}

/** Returns predictions of real texts as the load of a server. */
export function predictionLoad(
  { url }: BenchServer,
  { texts }: BenchModel,
): Pick<Load, 'url' | 'bodies' | 'connections'> {
  return { url: `${url}/predict`, bodies: texts.map((text) => JSON.stringify({ text })), connections };
}

/** Returns one answer of a service, for the reference server to send as many bytes. */
export async function sampleAnswer({ url }: BenchServer, { texts }: BenchModel): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ text: texts[0] });
  return (await fetch(`${url}/predict`, { method: 'POST', headers, body })).text();
}
