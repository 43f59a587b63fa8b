import { metadataUrl } from '../common/aws/instance-metadata.ts';
import { requiredFrom } from '../common/required-variable.ts';

/** The settings of the program, from the environment that its unit sets. */
export interface FeedbackSettings {
  region: string;
  /** The URL of the bucket. */
  bucket: string;
  /** The URL of AWS Systems Manager, and the parameter that holds the key of predictions. */
  endpoint: string;
  parameter: string;
  /** The folder of its files; systemd makes it. */
  state: string;
  /** The file of the metrics. */
  metrics: string;
  /** The URL of the metadata service. */
  metadata: string;
}

/** Reads the settings; the error names a variable that is missing. */
export function readSettings(environment: NodeJS.ProcessEnv): FeedbackSettings {
  const value = requiredFrom(environment, 'intent-fleet-feedback.service');
  return {
    region: value('FEEDBACK_REGION'),
    bucket: value('FEEDBACK_BUCKET'),
    endpoint: value('PREDICTION_KEY_ENDPOINT'),
    parameter: value('PREDICTION_KEY_PARAMETER'),
    state: value('STATE_DIRECTORY'),
    metrics: value('METRICS_FILE'),
    metadata: metadataUrl(environment),
  };
}
