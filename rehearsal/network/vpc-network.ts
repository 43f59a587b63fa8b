import { execa } from 'execa';
import type { DesiredState } from '../emulator/desired-state.ts';
import type { runAll } from '../run.ts';
import { routerOf } from './addresses.ts';
import { cloudAddress } from './commands.ts';
import { firewall } from './firewall.ts';

/** The network of the VPCs: the addresses of routers and load balancers, and the firewall of the security groups. */
export class VpcNetwork {
  readonly #run: typeof runAll;
  readonly #loadRules: (rules: string) => Promise<unknown>;
  readonly #addresses = new Set<string>();
  #rules = '';

  constructor(run: typeof runAll, loadRules: (rules: string) => Promise<unknown> = loadNftRules) {
    this.#run = run;
    this.#loadRules = loadRules;
  }

  /** Makes the network that of the desired state. Without its rules no machine may boot, so a failure is an error. */
  async follow(desired: DesiredState): Promise<void> {
    const routers = desired.vpcs.map((cidr) => routerOf(cidr).address);
    const balancers = desired.loadBalancers.map(({ address }) => address).filter(Boolean);
    for (const address of [...routers, ...balancers]) await this.#add(address);
    const rules = firewall(desired);
    if (rules === this.#rules) return;
    await this.#loadRules(rules);
    this.#rules = rules;
  }

  async #add(address: string): Promise<void> {
    if (this.#addresses.has(address)) return;
    await this.#run(cloudAddress(address));
    this.#addresses.add(address);
  }
}

function loadNftRules(rules: string): Promise<unknown> {
  return execa('nft', ['-f', '-'], { input: rules });
}
