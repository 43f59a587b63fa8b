import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
import { Construct } from 'constructs';
import type { Settings } from '../stages/settings.ts';
import { type StageRulesProps, stageRules, trackRules } from './alarm-rules.ts';
import { stageAlarmName } from './track-alarms.ts';
import { tracks } from './track-names.ts';

export interface AlarmsProps extends StageRulesProps {
  /** The name of the topic and the prefix of the alarms' names. */
  name: string;
  settings: Settings['alarms'];
}

/** The alarms that call a person, and the topic that tells whoever is subscribed. */
export class Alarms extends Construct {
  /** The ARNs of the alarms. */
  readonly arns: string[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { name, balancer, targetGroups, settings } = props;
    const topic = new SnsTopic(this, 'topic', { name: `${name}-alarms` });
    for (const email of settings.emails)
      new SnsTopicSubscription(this, `email-${email}`, { topicArn: topic.arn, protocol: 'email', endpoint: email });
    const ofTracks = tracks.flatMap((track) => {
      const rules = trackRules({ balancer, targetGroup: targetGroups[track], settings });
      return Object.entries(rules).map(([rule, config]) => [`${track}-${rule}`, config] as const);
    });
    this.arns = [...Object.entries(stageRules(props)), ...ofTracks].map(([rule, config]) => {
      const actions = { alarmActions: [topic.arn], okActions: [topic.arn] };
      return new CloudwatchMetricAlarm(this, rule, { alarmName: stageAlarmName(name, rule), ...actions, ...config })
        .arn;
    });
  }
}
