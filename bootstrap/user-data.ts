import { z } from 'zod';
import { releaseIdOf } from '../common/release-id.ts';
import { type MonitoringVariablesInput, parseMonitoringVariables } from './monitoring-variables.ts';
import { parseAs } from './parse.ts';
import { renderTemplate } from './templates.ts';
import { address, parseVariables, region, type VariablesInput } from './variables.ts';

// EC2's limit on user data, before base64.
const maximumBytes = 16 * 1024;

const releaseSchema = z.strictObject({
  /** Address of the archive; the request is signed with the credentials of the instance's role. */
  url: address,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'),
  region,
});

export type ReleaseAddress = z.infer<typeof releaseSchema>;

/** What a machine boots with. */
export interface MachineUserData {
  release: ReleaseAddress;
  variables: VariablesInput | MonitoringVariablesInput;
}

/** Renders the script that turns a bare Debian into a machine of a release, one that serves or the monitoring machine; the same input gives the same bytes. */
export function renderUserData(input: MachineUserData): string {
  const release = parseAs(releaseSchema, 'Invalid release address:', input.release);
  const variables = parseAny(input.variables);
  const script = renderTemplate('user-data.sh.njk', {
    release: { ...release, id: releaseIdOf(release.sha256) },
    variables: JSON.stringify(variables, null, 2),
  });
  return withinLimit(script);
}

// Only the monitoring machine has settings of Prometheus.
function parseAny(variables: MachineUserData['variables']): object {
  return 'prometheus' in variables ? parseMonitoringVariables(variables) : parseVariables(variables);
}

function withinLimit(script: string): string {
  const size = Buffer.byteLength(script);
  if (size < maximumBytes) return script;
  throw new Error(`user data: expected less than ${maximumBytes} bytes, got ${size}; shorten the variables`);
}
