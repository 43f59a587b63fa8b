import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { publishingAction, publishingCondition, shippingActions } from './permissions/machines.ts';

export interface IdentityProps {
  /** The name of the role and of the instance profile. */
  name: string;
  /** The ARN pattern of the objects that machines may read. */
  releases: string;
  /** The ARNs of the log groups that machines may write to. */
  logGroups: string[];
  /** True if they publish how much memory they use. */
  publishesMemory: boolean;
  /** The ARN of the policy that bounds what the role may ever do. */
  permissionsBoundary: string | undefined;
}

/** The role of the machines: they may read releases, write logs and, where it counts, publish their memory, and nothing else. */
export class Identity extends Construct {
  readonly role: IamRole;
  readonly profile: IamInstanceProfile;
  /** The policies of the role; a machine must not boot before them. */
  readonly permissions: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    this.role = new IamRole(this, 'role', {
      name: props.name,
      assumeRolePolicy: this.#trustPolicy(),
      ...(props.permissionsBoundary !== undefined && { permissionsBoundary: props.permissionsBoundary }),
    });
    this.permissions = [
      this.#allowReleases(props.releases),
      this.#allowLogs(props.logGroups),
      ...(props.publishesMemory ? [this.#allowMemory()] : []),
    ];
    this.profile = new IamInstanceProfile(this, 'profile', { name: props.name, role: this.role.name });
  }

  #trustPolicy(): string {
    return new DataAwsIamPolicyDocument(this, 'trust', {
      statement: [
        { actions: ['sts:AssumeRole'], principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }] },
      ],
    }).json;
  }

  #allowReleases(releases: string): IamRolePolicy {
    const document = new DataAwsIamPolicyDocument(this, 'read-release-document', {
      statement: [{ actions: ['s3:GetObject'], resources: [releases] }],
    });
    return new IamRolePolicy(this, 'read-release', { name: 'read-release', role: this.role.id, policy: document.json });
  }

  #allowLogs(groups: string[]): IamRolePolicy {
    const document = new DataAwsIamPolicyDocument(this, 'ship-logs-document', {
      statement: [{ actions: shippingActions, resources: groups.map((arn) => `${arn}:log-stream:*`) }],
    });
    return new IamRolePolicy(this, 'ship-logs', { name: 'ship-logs', role: this.role.id, policy: document.json });
  }
  #allowMemory(): IamRolePolicy {
    const { key: variable, value } = publishingCondition;
    const condition = [{ test: 'StringEquals', variable, values: [value] }];
    const document = new DataAwsIamPolicyDocument(this, 'publish-memory-document', {
      statement: [{ actions: [publishingAction], resources: ['*'], condition }],
    });
    const name = 'publish-memory';
    return new IamRolePolicy(this, name, { name, role: this.role.id, policy: document.json });
  }
}
