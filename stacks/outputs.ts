import { TerraformOutput, type TerraformStack } from 'cdktf';

/** The outputs in the Terraform state of a deployed stage: ARNs of balancer and target group, names of group and template. */
export interface Outputs {
  url: string;
  load_balancer: string;
  target_group: string;
  auto_scaling_group: string;
  launch_template: string;
  /** The SHA-256 of the release's archive, 64 hexadecimal digits. */
  release: string;
}

/** Declares the outputs of a stack, each under its own name. */
export function declareOutputs(stack: TerraformStack, outputs: Outputs): void {
  for (const [name, value] of Object.entries({ ...outputs }))
    new TerraformOutput(stack, name, { value, staticId: true });
}
