import { rm } from 'node:fs/promises';
import { readableAddress } from '../terraform/address.ts';
import { changesOf, type ResourceChange } from '../terraform/plan.ts';
import type { Terraform } from '../terraform/terraform.ts';
import type { UnrecordedResource } from './unrecorded.ts';

export interface AdoptProps {
  terraform: Pick<Terraform, 'plan' | 'import'>;
  /** Finds those of a plan's creations that exist already. */
  find: (changes: readonly ResourceChange[]) => Promise<UnrecordedResource[]>;
  /** Where a plan may be written; it is removed afterwards. */
  planFile: string;
  /** Removes the replacement of a launch template. */
  removeTemplate: (id: string) => Promise<void>;
  report: (line: string) => void;
}

/**
 * Imports into the state what a killed Terraform has created and not recorded, and removes a launch template that was to
 * replace another one; returns the addresses. Repeats until nothing is found: what is inside a resource, such as a network,
 * is found after the resource itself.
 */
export async function adoptUnrecorded(props: AdoptProps): Promise<string[]> {
  const { terraform, find, planFile, report } = props;
  const adopted: string[] = [];
  try {
    for (;;) {
      report('terraform plan');
      const found = await find(changesOf(await terraform.plan(planFile)));
      if (found.length === 0) return adopted;
      for (const resource of found) adopted.push(await settle(resource, props));
    }
  } finally {
    await rm(planFile, { force: true });
  }
}

async function settle({ address, id, replacement }: UnrecordedResource, props: AdoptProps): Promise<string> {
  const { terraform, removeTemplate, report } = props;
  const name = readableAddress(address);
  report(replacement ? `remove the unused replacement ${id} of ${name}` : `terraform import ${name} ${id}`);
  await (replacement ? removeTemplate(id) : terraform.import(address, id));
  return name;
}
