import { emulatedAccount } from '../emulator/account.ts';

/** A statement of a policy, as far as the rehearsal reads it itself. */
interface Statement {
  Effect: string;
  Action?: string | string[];
  Resource?: string | string[];
  Condition?: object;
}

/** An IAM policy. */
export interface Policy {
  Statement: Statement | Statement[];
}

/** Who signs requests, and what limits it. */
export interface Principal {
  arn: string;
  userId: string;
  policies: Policy[];
  /** The permissions boundary; undefined without one. */
  boundary: Policy | undefined;
}

const everything: Policy = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Returns the user of the rehearsal's access key: limited by a policy, or an administrator. */
export function userWith(policy: Policy | undefined): Principal {
  const name = policy ? 'deployer' : 'administrator';
  const arn = `arn:aws:iam::${emulatedAccount}:user/${name}`;
  return { arn, userId: 'AIDAREHEARSAL00000000', policies: [policy ?? everything], boundary: undefined };
}

/** Tells whether everything is allowed, whatever it is: then nothing needs to be known of a request. */
export function isAdministrator({ policies, boundary }: Principal): boolean {
  const statements = policies.flatMap(statementsOf);
  return (
    boundary === undefined &&
    statements.every(({ Effect }) => Effect === 'Allow') &&
    statements.some(({ Action, Resource, Condition }) => !Condition && `${Action}` === '*' && `${Resource}` === '*')
  );
}

/** Returns the statements of a policy, which may be one alone. */
export function statementsOf({ Statement }: Policy): Statement[] {
  return [Statement].flat();
}
