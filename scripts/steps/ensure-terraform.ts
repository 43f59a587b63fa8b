import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../../common/cache-folder.ts';
import { UserError } from '../../common/errors.ts';
import { type DownloadProps, downloadTerraform, pinnedTerraform } from '../../terraform/download.ts';
import { isNewEnough, terraformOnPath, wantedTerraform } from '../../terraform/versions.ts';
import { reporter, steps } from '../command-line/progress.ts';

const remedy = 'Install it: https://developer.hashicorp.com/terraform/install';

/**
 * Makes the first Terraform on the PATH of this process one that can be used: where the user's is missing or too old, the pinned
 * version, which is fetched into the cache folder once, from HashiCorp or another `site` of the same layout.
 */
export async function ensureTerraform(site?: string): Promise<void> {
  const version = await terraformOnPath();
  if (version !== undefined && isNewEnough(version)) return;
  const found = version === undefined ? 'none on the PATH' : `${version || 'an unknown one'} on the PATH`;
  const expected = `Expected ${wantedTerraform}, found ${found}`;
  const release = pinnedTerraform(process.platform, process.arch);
  if (!release) throw new UserError(`${expected}. ${remedy}`);
  const folder = join(cacheFolder(), `terraform-${release.version}`);
  const program = join(folder, 'terraform');
  if (!existsSync(program)) await fetchRelease({ release, program, ...(site !== undefined && { site }) }, expected);
  process.env.PATH = [folder, process.env.PATH].join(delimiter);
}

async function fetchRelease(props: Omit<DownloadProps, 'report'>, expected: string): Promise<void> {
  const { version } = props.release;
  const title = `Fetch Terraform ${version} into the cache folder`;
  try {
    await steps([{ title, task: (_, task) => downloadTerraform({ ...props, report: reporter(task) }) }]).run();
  } catch (error) {
    throw new UserError(`${expected}, and ${version} could not be fetched: ${reasonOf(error)}. ${remedy}`);
  }
}

/** The message of an error with that of its cause, which says why a connection failed. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
