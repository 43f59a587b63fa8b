import { z } from 'zod';
import { UserError } from '../common/errors.ts';
import { check, describeInvalid } from '../common/validation.ts';

/** The outputs in the Terraform state of a deployed stage: ARNs of balancer and target group, the group's name and its template. */
const outputsSchema = z.object({
  url: z.string(),
  load_balancer: z.string(),
  target_group: z.string(),
  auto_scaling_group: z.string(),
  /** The SHA-256 of the release's archive, 64 hexadecimal digits. */
  release: z.string(),
  /** Earlier versions did not write these. */
  launch_template_id: z.string().optional(),
  launch_template_version: z.string().optional(),
  /** The id of the machines' image. */
  image: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  /** The name of the stack, with which all names of resources begin. */
  stack: z.string().optional(),
  /** The prefix of the names of the machines' log groups. */
  log_groups: z.string().optional(),
  /** The name of the target group of the monitoring machine; stages without one have none. */
  monitoring_target_group: z.string().optional(),
});

export type Outputs = z.infer<typeof outputsSchema>;

/** Checks outputs that were read from a state; another version of the product may have written it. */
export function parseOutputs(values: unknown): Outputs {
  const { data, problems } = check(outputsSchema, values);
  if (data) return data;
  const invalid = describeInvalid('The outputs in the Terraform state are not those of this version:', problems);
  throw new UserError(`${invalid}\nApply this version with: make apply`);
}
