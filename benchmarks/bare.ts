import { join } from 'node:path';
import { type BenchServer, startServer } from './servers.ts';

/** Starts the reference server, which answers every request with the same JSON. */
export function startBare(name: string, answer: string): Promise<BenchServer> {
  const program = join(import.meta.dirname, 'bare-server.ts');
  return startServer({ name, argv: (port) => [process.execPath, program, String(port), answer] });
}
