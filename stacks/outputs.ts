import { TerraformOutput, type TerraformStack } from 'cdktf';

/** The outputs in the Terraform state of a deployed stage. */
export interface Outputs {
  /** The service's URL. */
  url: string;
  /** The load balancer's ARN. */
  load_balancer: string;
  /** The target group's ARN. */
  target_group: string;
  /** The Auto Scaling group's name. */
  auto_scaling_group: string;
  /** The launch template's name. */
  launch_template: string;
  /** The SHA-256 of the release's archive, 64 hexadecimal digits. */
  release: string;
}

/** Declares the outputs of a stack, each under its own name. */
export function declareOutputs(stack: TerraformStack, outputs: Outputs): void {
  for (const [name, value] of Object.entries({ ...outputs }))
    new TerraformOutput(stack, name, { value, staticId: true });
}
