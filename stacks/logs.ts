import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { Construct } from 'constructs';
import { logGroupName, logUnits } from '../common/log-units.ts';
import type { Settings } from '../stages/settings.ts';

export interface LogsProps {
  /** The prefix of the groups' names, from `logGroupPrefix`. */
  prefix: string;
  settings: Settings['logs'];
}

/** Returns the prefix of the names of a stack's log groups. */
export function logGroupPrefix(stack: string): string {
  return `/${stack}`;
}

/** The log groups of the machines, one for each unit; each machine has a stream of its own in them. */
export class Logs extends Construct {
  readonly groups: CloudwatchLogGroup[];

  constructor(scope: Construct, id: string, { prefix, settings }: LogsProps) {
    super(scope, id);
    this.groups = logUnits.map(
      (unit) =>
        new CloudwatchLogGroup(this, unit, {
          name: logGroupName(prefix, unit),
          retentionInDays: settings.retentionDays,
        }),
    );
  }
}
