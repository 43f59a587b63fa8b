import { partitionOf } from '../../common/partition.ts';
import { emulatedAccount } from '../emulator/account.ts';
import type { Call, SignedRequest } from '../protocols/call.ts';
import { AccountReader, type ReaderClients } from './account-reader.ts';
import type { Scope } from './arns.ts';
import { contextOf, resourceTags } from './context.ts';
import { dependsOnTags, reasonAgainst } from './decide.ts';
import type { Requirement } from './dependents.ts';
import { isAdministrator, type Principal } from './principal.ts';
import { requirementsOf } from './requirements.ts';
import { s3Requirements } from './s3.ts';

/** Decides about requests as IAM does. */
export class Permissions {
  readonly #scope: Scope;
  readonly #reader: AccountReader;

  constructor(region: string, clients: ReaderClients) {
    this.#scope = { partition: partitionOf(region), region, account: emulatedAccount };
    this.#reader = new AccountReader(clients);
  }

  /** Returns the sentence that refuses a request, which may be a call; undefined if the principal is allowed it. */
  async refusalOf(principal: Principal, request: SignedRequest, call: Call | undefined): Promise<string | undefined> {
    if (isAdministrator(principal)) return undefined;
    const requirements = await this.#requirementsOf(request, call);
    if (!requirements) return undecided(request, call);
    for (const requirement of requirements) {
      const reason = reasonAgainst(principal, await this.#withContext(requirement, principal));
      if (reason) return sentence(principal, requirement, reason);
    }
    return undefined;
  }

  async #requirementsOf(request: SignedRequest, call: Call | undefined): Promise<Requirement[] | undefined> {
    if (request.service === 's3') return s3Requirements(request, this.#scope);
    return call && requirementsOf(call, this.#scope, this.#reader);
  }

  async #withContext(requirement: Requirement, principal: Principal): Promise<Requirement> {
    const { action, resource } = requirement;
    const hasTags = !resource.arn.includes('*') && dependsOnTags(principal, action);
    const tags = hasTags ? resourceTags(action, await this.#reader.tagsOf(resource.arn)) : {};
    const known = { ...requirement, context: { ...requirement.context, ...tags } };
    return { ...requirement, context: await contextOf(known, principal, this.#scope) };
  }
}

function sentence({ arn }: Principal, { action, resource }: Requirement, reason: string): string {
  const quoted = action.startsWith('s3:') ? `"${resource.arn}"` : resource.arn;
  const on = resource.arn === '*' ? '' : ` on resource: ${quoted}`;
  return `User: ${arn} is not authorized to perform: ${action}${on} ${reason}`;
}

function undecided({ service, method, url }: SignedRequest, call: Call | undefined): string {
  const what = call ? `${call.service}:${call.action}` : `${method} ${url} of ${service}`;
  return `The rehearsal cannot decide about ${what}: rehearsal/permissions/names.ts does not tell its resources.`;
}
