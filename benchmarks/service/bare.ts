import { join } from 'node:path';
import type { BenchModel } from './artifacts.ts';
import { type BenchServer, startServer } from './servers.ts';

/** Starts what everything is compared with: Node's own HTTP server, which answers everything with the same JSON. */
export function startBare(name: string, answer: string): Promise<BenchServer> {
  const program = join(import.meta.dirname, 'bare-server.ts');
  return startServer(
    name,
    (port) => [process.execPath, program, String(port), answer],
    () => ({}),
  );
}

/** What a service answers, for a bare server to answer as much. */
export async function sampleAnswer({ target }: BenchServer, { texts }: BenchModel): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ text: texts[0] });
  return (await fetch(`http://${target.host}:${target.port}/predict`, { method: 'POST', headers, body })).text();
}
