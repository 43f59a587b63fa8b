import { availableParallelism } from 'node:os';

type Role = 'server' | 'load';

// All servers share one core, so that they are measured on the same; the load generator takes the others.
const cores: Record<Role, string> = { server: '0', load: `1-${availableParallelism() - 1}` };

/** Returns the command that runs another one on the cores of its role. */
export function pinned(role: Role, argv: readonly string[]): string[] {
  return availableParallelism() > 1 ? ['taskset', '--cpu-list', cores[role], ...argv] : [...argv];
}
