import { apiKeyPath } from '../../common/api-keys/record.ts';
import { feedbackPrefix, predictionKeyParameter } from '../../common/feedback/record.ts';
import { partitionOf } from '../../common/partition.ts';
import { shadowParameter } from '../../common/shadow/parameter.ts';
import type { Stage } from '../../stages/load.ts';
import { logGroupPrefix } from '../logs.ts';
import { bucketName, feedbackBucket } from '../site.ts';
import { stackName } from '../stack-name.ts';

/** The names that a stage's policies are limited to. */
export interface Scope {
  stage: Stage;
  /** The name of the stack and of its resources. */
  name: string;
  accountId: string;
  /** The bucket of the releases. */
  bucket: string;
  /** The prefix of the log groups' names. */
  logGroups: string;
  /** The ARNs of the path of the API keys, and of all parameters below it. */
  apiKeys: string[];
  /** The ARN of the key of predictions. */
  predictionKey: string;
  /** The ARN of the parameter that names the shadow. */
  shadow: string;
  /** The bucket of feedback, and the ARN pattern of its objects. */
  feedbackBucket: string;
  feedback: string;
  /** Makes the ARN of a resource of the account in the region of the stage. */
  regional: (service: string, resource: string) => string;
  /** Makes the ARN of a resource of the account in another region. */
  inRegion: (region: string, service: string, resource: string) => string;
  /** Makes the ARN of a resource of the account that is in no region. */
  global: (service: string, resource: string) => string;
  /** Makes the ARN of a resource that names neither region nor account, such as a bucket. */
  unowned: (service: string, resource: string) => string;
}

/** Returns the scope of a stage in an account. */
export function scopeOf(stage: Stage, accountId: string): Scope {
  const { region } = stage.settings;
  const name = stackName(stage);
  const arn = `arn:${partitionOf(region)}`;
  const inRegion: Scope['inRegion'] = (of, service, resource) => `${arn}:${service}:${of}:${accountId}:${resource}`;
  const keys = `parameter${apiKeyPath(name)}`;
  return {
    stage,
    name,
    accountId,
    bucket: bucketName(name, { accountId }),
    logGroups: logGroupPrefix(name),
    apiKeys: [keys, `${keys}/*`].map((resource) => inRegion(region, 'ssm', resource)),
    predictionKey: inRegion(region, 'ssm', `parameter${predictionKeyParameter(name)}`),
    shadow: inRegion(region, 'ssm', `parameter${shadowParameter(name)}`),
    feedbackBucket: feedbackBucket(name, { accountId }),
    feedback: `${arn}:s3:::${feedbackBucket(name, { accountId })}/${feedbackPrefix}*`,
    regional: (service, resource) => inRegion(region, service, resource),
    inRegion,
    global: (service, resource) => `${arn}:${service}::${accountId}:${resource}`,
    unowned: (service, resource) => `${arn}:${service}:::${resource}`,
  };
}
