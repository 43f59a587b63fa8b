import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Deployment, deploymentFormat } from '../../deployments/deployment.ts';
import { makeRevision, type RevisionProps } from '../../deployments/make-revision.ts';
import { type Revision, revisionName } from '../../deployments/revision.ts';
import { strategyOf } from '../../deployments/strategies/settings.ts';
import type { IntentStackProps } from '../../stacks/intent-stack.ts';
import { monitoringArchive, releaseArchive } from '../../stacks/release-archive.ts';
import { synthesize } from '../../stacks/synthesize.ts';
import { parseSettings } from '../../stages/load.ts';

type Properties = Record<string, unknown>;

/** A stack as Terraform reads it. */
export interface Synthesized {
  data: Record<string, Record<string, Properties>>;
  moved?: { from: string; to: string }[];
  output: Record<string, { value: unknown; depends_on?: string[] }>;
  provider: { aws: Properties[] };
  resource: Record<string, Record<string, Properties>>;
  terraform: { backend: Record<string, Properties>; required_version: string };
}

const stages = resolve(import.meta.dirname, '../../stages');
const rehearsalYaml = readFileSync(join(stages, 'rehearsal.yaml'), 'utf8');
const productionYaml = readFileSync(join(stages, 'production.yaml'), 'utf8').replace("bucket: ''", 'bucket: our-state');

export const release = releaseArchive(
  '/build/releases/abab.tar.gz',
  'ab'.repeat(32),
  '/build/releases/abab.manifest.json',
);
export const arn = 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b';

export const image = { id: 'ami-0123456789abcdef0', rootDevice: '/dev/xvda' };

export const monitoring = monitoringArchive('/build/releases/cdcd.tar.gz', 'cd'.repeat(32));

const common = { packed: release, monitoring, image, stateFile: '/state/stage.tfstate' };

type Place = Pick<IntentStackProps, 'stage' | 'site'>;

/** What a revision tells of its model. */
export const model: RevisionProps['model'] = {
  version: '0123456789ab',
  metrics: {
    ...{ examples: 10, accuracy: 0.9, accuracyInterval: [0.6, 0.98], answeredRight: 0.8, coverage: 0.9 },
    ...{ calibrationError: 0.1, outOfScopeRecall: null, intents: {} },
  },
};

/** The revision of `release` in a stage, with changes of what it is made from. */
export function revisionIn({ stage, site }: Place, changes: Partial<RevisionProps> = {}): Revision {
  return makeRevision({ stage, site, release, image, model, now: new Date('2026-01-01T00:00:00Z'), ...changes });
}

/** A deployment that is over: blue serves everything with `revision`. */
export function steadyOn({ stage }: Pick<Place, 'stage'>, revision: Revision): Deployment {
  const { deployment, fleet } = stage.settings;
  const { min, max } = fleet.size;
  const name = revisionName(revision);
  return {
    ...{ format: deploymentFormat, strategy: strategyOf(deployment), phase: 'steady', live: 'blue' },
    ...{ revisions: { [name]: revision }, history: [name], sticky: false, progress: null, last: null },
    tracks: {
      blue: { revision: name, floor: min, ceiling: max },
      green: { revision: null, floor: 0, ceiling: 0 },
    },
    ...{ weights: { blue: 100, green: 0 }, size: { min, max }, keepRevisions: deployment.keepRevisions },
  };
}

/** The properties of a stage whose blue track serves everything. */
function serving(place: Place): IntentStackProps {
  return { ...common, ...place, deployment: steadyOn(place, revisionIn(place)) };
}

/** The properties of the shipped rehearsal, its YAML changed by `edit`. */
export function rehearsal(edit: (yaml: string) => string = (yaml) => yaml): IntentStackProps {
  const site = {
    accountId: '123456789012',
    rehearsal: { certificateArn: `${arn}-rehearsal`, storeEndpoint: 'http://169.254.169.252', keepsTemplateTags: true },
  };
  return serving({ stage: { name: 'rehearsal', settings: parseSettings(edit(rehearsalYaml), 'rehearsal') }, site });
}

/** The properties of the shipped production stage with its blanks filled in. */
export function production(certificate = `from: arn\n    arn: ${arn}`): IntentStackProps {
  const settings = parseSettings(productionYaml.replace("from: arn\n    arn: ''", certificate), 'production');
  return serving({ stage: { name: 'production', settings }, site: { accountId: '210987654321' } });
}

/** The properties of production with a certificate for a domain. */
export function productionForDomain(): IntentStackProps {
  return production('from: domain\n    domain: intents.example.com\n    zone: Z0123456789');
}

/** Returns the JSON that Terraform reads. */
export function synthesizedText(props: IntentStackProps): string {
  const folder = mkdtempSync(join(tmpdir(), 'synthesis-'));
  try {
    return readFileSync(join(synthesize(props, folder), 'cdk.tf.json'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Returns a stack as Terraform reads it. */
export function synthesized(props: IntentStackProps): Synthesized {
  return JSON.parse(synthesizedText(props)) as Synthesized;
}

/** Returns the expression that Terraform replaces by the value at `address`. */
export function ref(address: string): string {
  return `\${${address}}`;
}

/** Returns the resources and data sources by address, without their tags, null values and what CDKTF adds. */
export function resources({ resource, data }: Synthesized): Record<string, Properties> {
  const types = [...Object.entries(resource), ...Object.entries(data).map(([type, found]) => [`data.${type}`, found])];
  const found = types.flatMap(([type, named]) =>
    Object.entries(named as Record<string, Properties>).map(([name, { '//': _, tags: __, ...properties }]) => [
      `${type}.${name}`,
      properties,
    ]),
  );
  return JSON.parse(withoutDigits(JSON.stringify(Object.fromEntries(found))), (_, value) => value ?? undefined);
}

/** Removes the digits that CDKTF adds to the names of resources. */
export function withoutDigits(text: string): string {
  return text.replaceAll(/_[0-9A-F]{8}\b/g, '');
}
