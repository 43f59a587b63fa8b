import type { BenchModel } from './artifacts.ts';
import type { BenchContext } from './bench.ts';
import type { Load } from './load/generate.ts';
import { type BenchServer, startServer } from './servers.ts';

/** Clients at once in every measurement. */
export const connections = 16;

/** How long the load generator sends before speed is measured. */
export const warmUpSeconds = 1;

// As the unit starts it (bootstrap/templates), where the reasons are.
const unit = {
  environment: { NODE_ENV: 'production', MALLOC_ARENA_MAX: '1' },
  nodeOptions: ['--min-semi-space-size=8', '--max-semi-space-size=8'],
};

/** Starts the service as a release does, with everything on and a rate limit that is counted but not reached. */
export function startService(
  { program, certificate }: Pick<BenchContext, 'program' | 'certificate'>,
  name: string,
  model: BenchModel,
  isTls = false,
): Promise<BenchServer> {
  const tls: Record<string, string> = isTls
    ? { TLS_CERTIFICATE: certificate.certificate, TLS_KEY: certificate.key }
    : {};
  const environment = (port: number) => ({
    PORT: String(port),
    ARTIFACT: model.folder,
    RATE_LIMIT_REQUESTS: '1000000000',
    METRICS_PORT: '0',
    ...unit.environment,
    ...tls,
  });
  return startServer(name, () => [process.execPath, ...unit.nodeOptions, program], environment, isTls);
}

/** Real texts for a server, from as many clients as every measurement has. */
export function loadFor({ target }: BenchServer, { texts }: BenchModel, seconds: number): Load {
  const bodies = texts.map((text) => JSON.stringify({ text }));
  return { target, path: '/predict', bodies, connections, warmUpSeconds, seconds };
}
