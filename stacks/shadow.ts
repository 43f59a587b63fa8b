import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { shadowParameter } from '../common/shadow/parameter.ts';
import type { WantedShadow } from '../common/shadow/wanted.ts';

export interface ShadowProps {
  /** The name of the stack. */
  stack: string;
  wanted: WantedShadow;
  /** The archive of the release. */
  dependsOn: ITerraformDependable[];
}

/** What tells the machines that serve to ask another release, too: they read this parameter every few seconds. */
export class Shadow extends Construct {
  readonly parameter: SsmParameter;

  constructor(scope: Construct, id: string, { stack, wanted, dependsOn }: ShadowProps) {
    super(scope, id);
    this.parameter = new SsmParameter(this, 'parameter', {
      name: shadowParameter(stack),
      type: 'String',
      // No secret: a plan may show it.
      insecureValue: JSON.stringify(wanted),
      // What a killed Terraform has left is taken over.
      overwrite: true,
      dependsOn,
    });
  }
}
