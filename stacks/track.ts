import type { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Track as TrackId, TrackState } from '../deployments/deployment.ts';
import type { Settings } from '../stages/settings.ts';
import { createScalingGroup } from './scaling-group.ts';
import { trackName } from './track-names.ts';
import { scaleTrack } from './track-scaling.ts';

export interface TrackProps {
  /** The name of the stack. */
  stack: string;
  track: TrackId;
  /** The smallest and the largest number of machines. */
  sizes: Pick<TrackState, 'floor' | 'ceiling'>;
  /** What its machines are launched from. */
  template: LaunchTemplate;
  subnetIds: string[];
  targetGroup: LbTargetGroup;
  /** The id of the balancer in metrics. */
  balancer: string;
  settings: Settings['fleet'];
  /** The schedules that change its sizes: those of the stage, or none. */
  schedules: Settings['fleet']['schedules'];
  /** Whether its sizes are those that schedules have set. */
  keepsSizes: boolean;
  /** The resources that machines need at boot. */
  dependsOn: ITerraformDependable[];
}

/** One of the two tracks of a stage: the Auto Scaling group of the machines of one revision, and what changes its size. */
export class Track extends Construct {
  readonly group: AutoscalingGroup;

  constructor(scope: Construct, props: TrackProps) {
    super(scope, props.track);
    const { stack, track, sizes, targetGroup, settings, schedules, keepsSizes } = props;
    const { template, subnetIds, dependsOn } = props;
    const name = trackName(stack, track);
    this.group = createScalingGroup(this, {
      ...{ name, template, subnetIds, dependsOn },
      size: { min: sizes.floor, max: sizes.ceiling },
      targetGroupArn: targetGroup.arn,
      healthCheckGraceSeconds: settings.healthCheckGraceSeconds,
      // What scales the group changes them.
      ignoreChanges: ['desired_capacity', ...(keepsSizes ? ['min_size', 'max_size'] : [])],
    });
    const requestLabel = `${props.balancer}/${targetGroup.arnSuffix}`;
    scaleTrack(this, { name, fleet: stack, group: this.group.name, requestLabel, settings, schedules });
  }
}
