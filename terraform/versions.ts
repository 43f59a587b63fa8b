import { execa } from 'execa';
import { oldestTerraform as oldest } from '../common/oldest-terraform.ts';
import { terraformCommands } from './commands.ts';

/** The versions that can be used, as a sentence names them. */
export const wantedTerraform = `Terraform ${oldest.major}.${oldest.minor} or newer`;

/** Returns the version of the Terraform that is first on the PATH: undefined where there is none, '' where it does not say. */
export async function terraformOnPath(): Promise<string | undefined> {
  const { failed, stdout } = await execa('terraform', terraformCommands.version(), { reject: false, stdin: 'ignore' });
  return failed ? undefined : (/"terraform_version":\s*"([^"]+)"/.exec(stdout)?.[1] ?? '');
}

/** True for the oldest version that can be used and newer ones. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}
