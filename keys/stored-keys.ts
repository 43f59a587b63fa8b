import { z } from 'zod';
import { keysIn, type NamedApiKey } from '../common/api-keys/record.ts';
import type { AwsApi } from '../common/aws/aws-api.ts';

const answer = z.object({
  Parameters: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
  NextToken: z.string().nullish(),
});

export interface StoredKeys {
  /** Sorted by name, so that the same keys are the same bytes. */
  keys: NamedApiKey[];
  /** The parameters that hold no key. */
  unreadable: string[];
}

/** Reads all keys below a path of the Parameter Store. */
export async function readStoredKeys(api: Pick<AwsApi, 'call'>, path: string): Promise<StoredKeys> {
  const parameters: z.infer<typeof answer>['Parameters'] = [];
  let token: string | undefined;
  do {
    const input = { Path: path, MaxResults: 10, ...(token && { NextToken: token }) };
    const { Parameters, NextToken } = answer.parse(await api.call('GetParametersByPath', input));
    parameters.push(...Parameters);
    token = NextToken ?? undefined;
  } while (token);
  return keysIn(path, parameters);
}
