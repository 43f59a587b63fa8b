import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { emulatedAccount } from '../emulator/account.ts';
import type { Permissions } from '../permissions/permissions.ts';
import type { Principal } from '../permissions/principal.ts';
import { type Call, callOf, type SignedRequest } from '../protocols/call.ts';
import { authenticate } from './authenticate.ts';
import { deny, refuse } from './refusal.ts';
import { respond } from './respond.ts';
import { type AccessKey, authorizationOf } from './signature.ts';

/** Whose an access key is. */
export interface Caller {
  key: AccessKey & { expiration?: Date };
  /** Resolves with undefined when there is no such principal any more. */
  principal: () => Promise<Principal | undefined>;
}

/** A request that may be carried out. */
export interface Admitted {
  /** Undefined for one that is no call. */
  call: Call | undefined;
  /** Undefined if it has not been read. */
  body: Buffer | undefined;
}

/** Authenticates and authorizes a request; undefined when it has answered it, mostly because it has refused it. */
export type Admit = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<Admitted | undefined>;

/** Admits the requests of known callers that their permissions allow. */
export function admission(
  callerOf: (accessKeyId: string) => Caller | undefined,
  permissions: Pick<Permissions, 'refusalOf'>,
): Admit {
  return async (incoming, outgoing) => {
    const authorization = authorizationOf(incoming);
    const caller = authorization && callerOf(authorization.accessKeyId);
    const authentication = await authenticate(incoming, () => caller?.key);
    if (authentication.fault) return refuse(incoming, outgoing, authentication.fault);
    const principal = await caller?.principal();
    if (!principal || !authorization) return refuse(incoming, outgoing, 'unknown key');
    const request = await signedRequest(incoming, authorization.service, authentication.body);
    const call = callOf(request);
    if (call?.service === 'sts' && call.action === 'GetCallerIdentity')
      return identify(principal, call, incoming, outgoing);
    const refusal = await permissions.refusalOf(principal, request, call);
    return refusal ? deny(incoming, outgoing, refusal) : { call, body: request.body };
  };
}

// An object on its way to S3 is not read, however large it is.
async function signedRequest(incoming: IncomingMessage, service: string, known?: Buffer): Promise<SignedRequest> {
  const { method = '', url = '', headers } = incoming;
  const body = known ?? (service === 's3' ? undefined : await buffer(incoming));
  return { service, method, url, headers, body };
}

// Everybody may know who they are.
function identify(
  { arn: Arn, userId: UserId }: Principal,
  call: Call,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): undefined {
  respond(incoming, outgoing, call, { Arn, UserId, Account: emulatedAccount });
}
