import { execa } from 'execa';
import { UserError } from '../common/errors.ts';
import { oldestTerraform as oldest } from '../common/oldest-terraform.ts';
import { terraformCommands } from './commands.ts';

/** Refuses to go on where Terraform is missing or too old. */
export async function assertTerraform(): Promise<void> {
  const { failed, stdout } = await execa('terraform', terraformCommands.version(), { reject: false, stdin: 'ignore' });
  const wanted = `Terraform ${oldest.major}.${oldest.minor} or newer`;
  const remedy = 'See https://developer.hashicorp.com/terraform/install';
  if (failed) throw new UserError(`Expected ${wanted} on the PATH, found none. ${remedy}`);
  const version = /"terraform_version":\s*"([^"]+)"/.exec(stdout)?.[1] ?? '';
  if (!isNewEnough(version)) throw new UserError(`Expected ${wanted}, found ${version || 'an unknown one'}. ${remedy}`);
}

/** True for the oldest version that can be used and newer ones. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}
