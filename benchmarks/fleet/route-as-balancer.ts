import { execa } from 'execa';
import { hostPath } from '../../common/host-path.ts';

/**
 * Sends what leaves this computer for a machine from the load balancer's address, the only one that the machines' security group
 * admits. `inside` is the command that runs another one in the rehearsal's network; returns what undoes it.
 */
export async function routeAsBalancer(inside: readonly string[], machine: string): Promise<() => Promise<void>> {
  const [program = '', ...parameters] = inside;
  const env = { PATH: hostPath() };
  const run = async (...argv: string[]) => (await execa(program, [...parameters, ...argv], { env })).stdout;
  const [route] = JSON.parse(await run('ip', '-json', 'route', 'show', machine)) as { dev: string }[];
  if (!route) throw new Error(`No route to ${machine}`);
  const machines = await addressesIn(run, 'machines');
  const balancer = (await addressesIn(run, 'members')).find((address) => !machines.includes(address));
  if (balancer === undefined) throw new Error('The rehearsal has no load balancer');
  const change = ['ip', 'route', 'replace', machine, 'dev', route.dev, 'scope', 'link'];
  await run(...change, 'src', balancer);
  return async () => void (await run(...change));
}

/** Returns the addresses in a set of the rehearsal's firewall. */
async function addressesIn(run: (...argv: string[]) => Promise<string>, set: string): Promise<string[]> {
  const { nftables } = JSON.parse(await run('nft', '--json', 'list', 'set', 'inet', 'vpc', set)) as {
    nftables: { set?: { elem?: string[] } }[];
  };
  return nftables.flatMap(({ set: found }) => found?.elem ?? []);
}
