/** The values of condition keys by operator, such as `{StringEquals: {'aws:ResourceTag/Stage': 'production'}}`. */
export type Conditions = Record<string, Record<string, string | string[]>>;

/** A statement of an IAM policy that allows actions. */
export interface Statement {
  /** Its name: letters and digits. */
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string[];
  Condition?: Conditions;
}

/** An IAM policy as IAM reads it. */
export interface Policy {
  Version: '2012-10-17';
  Statement: Statement[];
}

/** Makes a policy of statements. */
export function policyOf(statements: Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements };
}

/** Makes a statement that allows the actions of a service on resources. */
export function allow(
  sid: string,
  service: string,
  actions: readonly string[],
  resources: string[],
  condition?: Conditions,
): Statement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: actions.map((action) => `${service}:${action}`),
    Resource: resources,
    ...(condition && { Condition: condition }),
  };
}
