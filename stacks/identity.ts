import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

export interface IdentityProps {
  /** The name of the role and of the instance profile. */
  name: string;
  /** The ARN of the one object that machines may read. */
  releaseArn: string;
}

const managedPolicies = {
  'session-manager': 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
  cloudwatch: 'arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy',
};

/** The role of the machines: read their release, use Session Manager, write to CloudWatch. */
export class Identity extends Construct {
  readonly role: IamRole;
  readonly profile: IamInstanceProfile;
  /** The policies of the role; a machine must not boot before them. */
  readonly permissions: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    this.role = new IamRole(this, 'role', { name: props.name, assumeRolePolicy: this.#trustPolicy() });
    this.permissions = [this.#allowRelease(props.releaseArn), ...this.#attachManagedPolicies()];
    this.profile = new IamInstanceProfile(this, 'profile', { name: props.name, role: this.role.name });
  }

  #trustPolicy(): string {
    return new DataAwsIamPolicyDocument(this, 'trust', {
      statement: [
        { actions: ['sts:AssumeRole'], principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }] },
      ],
    }).json;
  }

  #allowRelease(releaseArn: string): IamRolePolicy {
    const document = new DataAwsIamPolicyDocument(this, 'read-release-document', {
      statement: [{ actions: ['s3:GetObject'], resources: [releaseArn] }],
    });
    return new IamRolePolicy(this, 'read-release', { name: 'read-release', role: this.role.id, policy: document.json });
  }

  #attachManagedPolicies(): IamRolePolicyAttachment[] {
    return Object.entries(managedPolicies).map(
      ([id, policyArn]) => new IamRolePolicyAttachment(this, id, { role: this.role.name, policyArn }),
    );
  }
}
