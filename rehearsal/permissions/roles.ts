import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { emulatedAccount } from '../emulator/account.ts';
import type { Policy, Principal } from './principal.ts';

/** Reads the roles of machines from the emulator, and remembers them until something may have changed. */
export class Roles {
  readonly #client: IAMClient;
  #known = new Map<string, Promise<Principal | undefined>>();

  constructor(client: IAMClient) {
    this.#client = client;
  }

  /** Returns who a machine with a role is; undefined when the role is gone. */
  async sessionOf(role: string, instance: string): Promise<Principal | undefined> {
    const reading = this.#known.get(role) ?? this.#read(role);
    this.#known.set(role, reading);
    reading.catch(() => this.#known.delete(role));
    const found = await reading;
    if (!found) return undefined;
    const { arn, userId, ...permissions } = found;
    return { ...permissions, arn: `${arn}/${instance}`, userId: `${userId}:${instance}` };
  }

  forget(): void {
    this.#known = new Map();
  }

  async #read(RoleName: string): Promise<Principal | undefined> {
    const { Role } = await this.#client.send(new GetRoleCommand({ RoleName })).catch(noEntity);
    if (!Role) return undefined;
    const { PolicyNames = [] } = await this.#client.send(new ListRolePoliciesCommand({ RoleName }));
    const { AttachedPolicies = [] } = await this.#client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    const boundary = Role.PermissionsBoundary?.PermissionsBoundaryArn;
    return {
      arn: `arn:${Role.Arn?.split(':')[1]}:sts::${emulatedAccount}:assumed-role/${RoleName}`,
      userId: Role.RoleId ?? '',
      policies: await Promise.all([
        ...PolicyNames.map((name) => this.#inline(RoleName, name)),
        ...AttachedPolicies.map(({ PolicyArn = '' }) => this.#managed(PolicyArn)),
      ]),
      boundary: boundary === undefined ? undefined : await this.#managed(boundary),
    };
  }

  async #inline(RoleName: string, PolicyName: string): Promise<Policy> {
    return parse((await this.#client.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument);
  }

  async #managed(PolicyArn: string): Promise<Policy> {
    const { Policy: policy } = await this.#client.send(new GetPolicyCommand({ PolicyArn }));
    const command = new GetPolicyVersionCommand({ PolicyArn, VersionId: policy?.DefaultVersionId });
    return parse((await this.#client.send(command)).PolicyVersion?.Document);
  }
}

function noEntity(error: Error): { Role?: undefined } {
  if (error.name !== 'NoSuchEntityException') throw error;
  return {};
}

// IAM returns documents encoded like a part of a URL.
function parse(document: string | undefined): Policy {
  return JSON.parse(decodeURIComponent(document ?? '')) as Policy;
}
