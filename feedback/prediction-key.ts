import { z } from 'zod';
import type { AwsApi } from '../common/aws/aws-api.ts';
import { writeFileWhole } from '../common/write-file.ts';

const answer = z.object({
  Parameter: z.object({ Value: z.string().regex(/^[0-9a-f]{64}$/, 'expected a key of 64 hexadecimal digits') }),
});

/** Reads the key that signs the ids of predictions, the same on all machines, into a file for the workers. */
export async function fetchPredictionKey(api: Pick<AwsApi, 'call'>, parameter: string, path: string): Promise<void> {
  const { data, error } = answer.safeParse(await api.call('GetParameter', { Name: parameter, WithDecryption: true }));
  // The value itself is in no message.
  if (error) throw new Error(`${parameter}: expected a key of 64 hexadecimal digits, got something else`);
  await writeFileWhole(path, `${data.Parameter.Value}\n`, 0o640);
}
