import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { shippingActions } from './permissions/machines.ts';

/** What a policy allows, and under which conditions. */
export interface Permission {
  actions: string[];
  resources: string[];
  condition?: { test: string; variable: string; values: string[] }[];
}

export interface IdentityProps {
  /** The name of the role and of the instance profile. */
  name: string;
  /** The ARN pattern of the objects that machines may read. */
  releases: string;
  /** The ARNs of the log groups that machines may write to. */
  logGroups: string[];
  /** What the machine may do beside that, by the name of the policy. */
  further?: Record<string, Permission>;
  /** The ARN of the policy that bounds what the role may ever do. */
  permissionsBoundary: string | undefined;
}

/** The role of machines: they may read releases and write logs, and nothing else but what is given. */
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
      this.#allow('read-release', { actions: ['s3:GetObject'], resources: [props.releases] }),
      this.#allow('ship-logs', {
        actions: shippingActions,
        resources: props.logGroups.map((arn) => `${arn}:log-stream:*`),
      }),
      ...Object.entries(props.further ?? {}).map(([id, permission]) => this.#allow(id, permission)),
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

  #allow(id: string, permission: Permission): IamRolePolicy {
    const document = new DataAwsIamPolicyDocument(this, `${id}-document`, { statement: [permission] });
    return new IamRolePolicy(this, id, { name: id, role: this.role.id, policy: document.json });
  }
}
