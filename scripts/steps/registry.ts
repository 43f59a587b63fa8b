import { UserError } from '../../common/errors.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { parseSelector, registryName } from '../../model/model-reference.ts';
import type { ModelRegistry } from '../../registry/model-registry.ts';
import { openRegistry } from '../../registry/open.ts';
import type { VersionRecord } from '../../registry/version-record.ts';
import type { Stage } from '../../stages/load.ts';
import { withStage } from '../command-line/command.ts';
import { warn } from '../command-line/warn.ts';
import { commitOfCheckout } from './commit.ts';
import { trackRegistration } from './tracking.ts';

/** A version of a model, with what it is made of. */
export interface ReadVersion {
  record: VersionRecord;
  artifact: Artifact;
}

/** Returns the registry of the stage's model. */
export function stageRegistry({ settings }: Stage): ModelRegistry {
  return openRegistry({ place: settings.registry, region: settings.region }, registryName(settings.model));
}

/** Reads a version, by its number or an alias as a person types it. */
export async function readVersion(registry: ModelRegistry, text: string, variable = 'VERSION'): Promise<ReadVersion> {
  const selector = parseSelector(text);
  if (!selector) throw new UserError(`${variable}=${text}: expected a version's number, or an alias`);
  const record = await registry.find(selector);
  return { record, artifact: await registry.artifact(record) };
}

/** A version that an artifact is, and how to promote it. */
interface Registered {
  readonly record: VersionRecord;
  readonly promote: string;
}

/** Makes an artifact the next version of the stage's model, and tells which one it is. */
export async function registerArtifact(stage: Stage, artifact: Artifact, folder: string): Promise<Registered> {
  const registration = { now: new Date(), commit: await commitOfCheckout() };
  const { record, isNew } = await stageRegistry(stage).register(artifact, registration);
  const { model } = stage.settings;
  const name = registryName(model);
  console.log(
    `${folder} is ${isNew ? '' : 'already '}version ${record.version} of ${name} in ${stage.settings.registry}`,
  );
  // The version is there, whatever becomes of its record.
  await trackRegistration(model, record.artifact, record.version).catch(({ message }: Error) => warn(message));
  return { record, promote: withStage(`Promote it with: make promote-model VERSION=${record.version} TO=staging`) };
}
