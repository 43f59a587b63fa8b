import { availableParallelism } from 'node:os';

type Role = 'server' | 'load';

// Servers share one core, so that all are measured on the same; whoever sends the load must not take any of it.
const cores: Record<Role, string> = { server: '0', load: `1-${availableParallelism() - 1}` };

/** The command that runs another one on the cores of its role. */
export function pinned(role: Role, argv: string[]): string[] {
  return availableParallelism() > 1 ? ['taskset', '--cpu-list', cores[role], ...argv] : argv;
}
