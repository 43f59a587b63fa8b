import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { AwsApi, systemsManager } from '../common/aws/aws-api.ts';
import { Bucket } from '../common/aws/bucket.ts';
import { InstanceMetadata } from '../common/aws/instance-metadata.ts';
import { RoleCredentials } from '../common/aws/role-credentials.ts';
import { MetricsFile } from '../common/metrics-file.ts';
import { OutageReport } from '../common/outage-report.ts';
import { FeedbackCounts } from './counts.ts';
import { fetchPredictionKey } from './prediction-key.ts';
import { readSettings } from './settings.ts';
import { storeWaiting } from './store-waiting.ts';

const pauseMilliseconds = 5000;

const { region, bucket: url, endpoint, parameter, state, metrics, metadata } = readSettings(process.env);
const credentials = new RoleCredentials(new InstanceMetadata(metadata));
const bucket = new Bucket({ url, region, credentials });
const api = new AwsApi({ service: systemsManager, region, endpoint, credentials });
const report = (sentence: string) => console.log(sentence);
const folder = join(state, 'spool');
const counts = new FeedbackCounts();
const file = new MetricsFile(metrics, report);

await mkdir(folder, { recursive: true, mode: 0o770 });
// The workers of a machine start once the key is there.
await pRetry(() => fetchPredictionKey(api, parameter, join(state, 'prediction-key')), {
  ...{ retries: Number.POSITIVE_INFINITY, minTimeout: 500, maxTimeout: 5000 },
  onFailedAttempt: ({ error, attemptNumber }) => {
    if (attemptNumber === 1) report(`The key of predictions cannot be read: ${error.message}`);
  },
});

const outage = new OutageReport({
  fails: (message) => `Feedback is not stored, and waits: ${message}`,
  works: (failures) => `Feedback is stored again after ${failures} failed attempts`,
  report,
});
for (;;) {
  await outage.during(() => storeWaiting({ folder, bucket, counts, report }));
  await file.write(await counts.exposition());
  await sleep(pauseMilliseconds);
}
