import { rm } from 'node:fs/promises';
import { readableAddress } from '../common/readable-address.ts';
import { changesOf, type ResourceChange } from '../terraform/plan.ts';
import type { Terraform } from '../terraform/terraform.ts';
import type { UnrecordedResource } from './unrecorded.ts';

export interface AdoptProps {
  terraform: Pick<Terraform, 'plan' | 'import' | 'untaint'>;
  /** Finds those of a plan's creations that exist already. */
  find: (changes: readonly ResourceChange[]) => Promise<UnrecordedResource[]>;
  /** Where a plan may be written; it is removed afterwards. */
  planFile: string;
  /** Removes the replacement of a launch template. */
  removeTemplate: (id: string) => Promise<void>;
  report: (line: string) => void;
}

/**
 * Imports into the state what a killed Terraform has created and not recorded, keeps what it was interrupted in, and removes a
 * launch template that was to replace another one; returns the addresses. Repeats until nothing is found: what is inside a
 * resource, such as a network, is found after the resource itself.
 */
export async function adoptUnrecorded(props: AdoptProps): Promise<string[]> {
  const { terraform, find, planFile, report } = props;
  const adopted: string[] = [];
  try {
    for (;;) {
      report('terraform plan');
      const changes = changesOf(await terraform.plan(planFile));
      const [tainted, found] = [changes.filter(isTainted), await find(changes)];
      if (tainted.length + found.length === 0) return adopted;
      for (const { address } of tainted) adopted.push(await keep(address, props));
      for (const resource of found) adopted.push(await settle(resource, props));
    }
  } finally {
    await rm(planFile, { force: true });
  }
}

function isTainted({ action_reason }: ResourceChange): boolean {
  return action_reason === 'replace_because_tainted';
}

// Its replacement would be created before it goes, with the same name, which AWS refuses. The next plan changes what it lacks.
async function keep(address: string, { terraform, report }: AdoptProps): Promise<string> {
  const name = readableAddress(address);
  report(`terraform untaint ${name}`);
  await terraform.untaint(address);
  return name;
}

async function settle({ address, id, replacement }: UnrecordedResource, props: AdoptProps): Promise<string> {
  const { terraform, removeTemplate, report } = props;
  const name = readableAddress(address);
  report(replacement ? `remove the unused replacement ${id} of ${name}` : `terraform import ${name} ${id}`);
  await (replacement ? removeTemplate(id) : terraform.import(address, id));
  return name;
}
