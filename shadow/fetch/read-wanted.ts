import { z } from 'zod';
import type { AwsApi } from '../../common/aws/aws-api.ts';
import { ServiceError } from '../../common/aws/signed-requests.ts';
import { parseJson } from '../../common/parse-json.ts';
import { type WantedShadow, wantedShadow } from '../../common/shadow/wanted.ts';
import { check, describeInvalid } from '../../common/validation.ts';

const answer = z.object({ Parameter: z.object({ Value: z.string() }) });

/** Reads which release is to run as the shadow; undefined where there is no such parameter. */
export async function readWanted(api: Pick<AwsApi, 'call'>, parameter: string): Promise<WantedShadow | undefined> {
  const found = await api.call('GetParameter', { Name: parameter }).catch(unlessNoParameter);
  if (found === undefined) return undefined;
  const { data, problems } = check(wantedShadow, parseJson(answer.parse(found).Parameter.Value));
  if (data) return data;
  throw new Error(describeInvalid(`${parameter}: expected the name of a shadow:`, problems));
}

function unlessNoParameter(error: Error): undefined {
  if (error instanceof ServiceError && error.code === 'ParameterNotFound') return undefined;
  throw error;
}
