import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { adoptUnrecorded } from '../../deployments/adopt.ts';
import type { ResourceChange } from '../../terraform/plan.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const creation = (address: string): ResourceChange => ({
  address,
  type: 'aws_vpc',
  mode: 'managed',
  change: { actions: ['create'], before: null, after: {}, after_unknown: {} },
});

test('what exists is imported, until a plan creates nothing that exists', async (t) => {
  const folder = await temporaryFolder(t);
  const planFile = join(folder, 'plan');
  const imported: string[] = [];
  const removed: string[] = [];
  const lines: string[] = [];
  const terraform = {
    plan: async (file: string) => {
      await writeFile(file, 'plan');
      const all = ['aws_vpc.network_vpc_4E8F0223', 'aws_subnet.a', 'aws_lb.b'];
      const missing = all.filter((address) => !imported.includes(address));
      return { resource_changes: missing.map(creation) };
    },
    import: async (address: string) => void imported.push(address),
    untaint: async () => t.fail(),
  };
  // The subnet is found in the state's network alone.
  const find = async (changes: readonly ResourceChange[]) => {
    const [first] = changes;
    if (first && first.address !== 'aws_lb.b') return [{ address: first.address, id: 'the-id' }];
    return removed.length > 0 ? [] : [{ address: 'aws_launch_template.t', id: 'lt-2', replacement: true as const }];
  };
  const removeTemplate = async (id: string) => void removed.push(id);
  const report = (line: string) => lines.push(line);
  const adopted = await adoptUnrecorded({ terraform, find, planFile, removeTemplate, report });
  t.deepEqual(removed, ['lt-2']);
  t.deepEqual(adopted, ['aws_vpc.network_vpc', 'aws_subnet.a', 'aws_launch_template.t']);
  t.deepEqual(imported, ['aws_vpc.network_vpc_4E8F0223', 'aws_subnet.a']);
  t.deepEqual(lines, [
    'terraform plan',
    'terraform import aws_vpc.network_vpc the-id',
    'terraform plan',
    'terraform import aws_subnet.a the-id',
    'terraform plan',
    'remove the unused replacement lt-2 of aws_launch_template.t',
    'terraform plan',
  ]);
  t.deepEqual(await readdir(folder), []);
});

test('what Terraform was interrupted in is kept', async (t) => {
  const planFile = join(await temporaryFolder(t), 'plan');
  const address = 'aws_iam_instance_profile.identity_profile_4E8F0223';
  const lines: string[] = [];
  const kept: string[] = [];
  const replaced = (action_reason: string): ResourceChange => ({
    ...creation(address),
    action_reason,
    change: { ...creation(address).change, actions: ['create', 'delete'] },
  });
  const terraform = {
    plan: async () => ({
      resource_changes: [replaced(kept.length > 0 ? 'replace_because_cannot_update' : 'replace_because_tainted')],
    }),
    import: async () => t.fail(),
    untaint: async (tainted: string) => void kept.push(tainted),
  };
  const props = { terraform, find: async () => [], planFile, removeTemplate: async () => t.fail() };
  const adopted = await adoptUnrecorded({ ...props, report: (line) => lines.push(line) });
  t.deepEqual(kept, [address]);
  t.deepEqual(adopted, ['aws_iam_instance_profile.identity_profile']);
  t.deepEqual(lines, [
    'terraform plan',
    'terraform untaint aws_iam_instance_profile.identity_profile',
    'terraform plan',
  ]);
});
