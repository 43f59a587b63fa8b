import { vpcRouter } from '../network/commands.ts';
import type { runAll } from '../run.ts';

/** Returns a function that gives the bridge the router's address of each network, once. */
export function vpcRouting(run: typeof runAll): (cidrs: readonly string[]) => Promise<void> {
  const routed = new Set<string>();
  return async (cidrs) => {
    for (const cidr of cidrs.filter((candidate) => !routed.has(candidate))) {
      await run(vpcRouter(cidr));
      routed.add(cidr);
    }
  };
}
