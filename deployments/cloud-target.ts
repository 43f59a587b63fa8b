import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { UserError } from '../common/errors.ts';
import { checkoutFolder } from '../common/paths.ts';
import { regionOf } from '../common/region-of.ts';
import { describeAbsence } from '../rehearsal/absence.ts';
import type { CloudClient } from '../rehearsal/client.ts';
import { emulatedAccount } from '../rehearsal/emulator/account.ts';
import { ensureCloud } from '../rehearsal/ensure-cloud.ts';
import { placeOf } from '../rehearsal/place.ts';
import { connect } from '../rehearsal/start.ts';
import { deployerPolicy } from '../stacks/permissions/deployer.ts';
import { scopeOf } from '../stacks/permissions/scope.ts';
import type { Site } from '../stacks/site.ts';
import type { Stage } from '../stages/load.ts';
import { type Access, clientConfiguration } from './access.ts';

/** The cloud that a stage is deployed to. */
export interface CloudTarget {
  access: Access;
  site: Site;
  /** The running rehearsal; undefined on AWS. */
  rehearsal: CloudClient | undefined;
}

/** Starts the rehearsal, or finds the AWS account of the user's credentials. */
export async function prepareCloudTarget(stage: Stage, report: (line: string) => void): Promise<CloudTarget> {
  return stage.settings.cloud === 'rehearsal' ? startRehearsal(stage, report) : awsTarget(stage);
}

/** Finds the cloud of a stage; the error says why the rehearsal is not running. */
export async function requireCloudTarget(stage: Stage): Promise<CloudTarget> {
  const target = await findCloudTarget(stage);
  if (target) return target;
  const remedy = `Start it with: make apply STAGE=${stage.name}`;
  throw new UserError(await describeAbsence(placeOf(checkoutFolder, stage.name), remedy));
}

/** Finds the cloud of a stage; undefined where the rehearsal is not running. */
export async function findCloudTarget(stage: Stage): Promise<CloudTarget | undefined> {
  if (stage.settings.cloud === 'aws') return awsTarget(stage);
  const client = await connect(placeOf(checkoutFolder, stage.name));
  return client && rehearsalTarget(stage, client);
}

async function startRehearsal(stage: Stage, report: (line: string) => void): Promise<CloudTarget> {
  const client = await ensureCloud(placeOf(checkoutFolder, stage.name), stage.settings.region, report);
  const target = await rehearsalTarget(stage, client);
  assertRegion(stage, target.site);
  return target;
}

// A running rehearsal keeps the region that it was started with; its certificate's ARN holds it.
function assertRegion({ name, settings }: Stage, { rehearsal }: Site): void {
  const region = rehearsal && regionOf(rehearsal.certificateArn);
  if (region === settings.region) return;
  throw new UserError(
    `region: expected that of the running rehearsal (${region}), got ${settings.region}. ` +
      `End the rehearsal first: make destroy STAGE=${name}`,
  );
}

async function rehearsalTarget(stage: Stage, client: CloudClient): Promise<CloudTarget> {
  const { certificateArn, storeEndpoint, keepsTemplateTags = false } = await client.status();
  await client.usePolicy(deployerPolicy(scopeOf(stage, emulatedAccount)));
  return {
    access: { region: stage.settings.region, endpoint: client.endpoint, credentials: client.accessKey },
    site: { accountId: emulatedAccount, rehearsal: { certificateArn, storeEndpoint, keepsTemplateTags } },
    rehearsal: client,
  };
}

async function awsTarget(stage: Stage): Promise<CloudTarget> {
  const access = { region: stage.settings.region, endpoint: undefined, credentials: undefined };
  const accountId = await callerAccount(access, stage.name);
  const { account } = stage.settings;
  if (account && account !== accountId)
    throw new UserError(`STAGE=${stage.name}: expected credentials of account ${account}, got those of ${accountId}`);
  return { access, site: { accountId }, rehearsal: undefined };
}

async function callerAccount(access: Access, stage: string): Promise<string> {
  try {
    const client = new STSClient({ ...clientConfiguration(access), maxAttempts: 2 });
    const { Account = '' } = await client.send(new GetCallerIdentityCommand({}));
    return Account;
  } catch (error) {
    throw new UserError(
      `STAGE=${stage}: expected valid AWS credentials, got: ${(error as Error).message}\n` +
        'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with `aws sso login`.',
    );
  }
}
