import { readFile } from 'node:fs/promises';
import { sha256 } from '../../common/checksum.ts';
import { UserError } from '../../common/errors.ts';
import type { ModelInService } from '../../deployments/model-in-service.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import type { Manifest } from '../../model/artifact/manifest.ts';
import { createClassifier } from '../../model/artifact/open.ts';
import { defaultData, loadDatasets } from '../../model/datasets/load.ts';
import { type Comparison, compareManifests, compareOn, mayHaveLearnedFrom } from '../../model/gate/comparison.ts';
import { costRefusals, measureCost } from '../../model/gate/cost.ts';
import { describeModelChange } from '../../model/gate/model-change.ts';
import { refusalsOf } from '../../model/gate/refusals.ts';
import { consentLines, leavingIntents, withoutConsent } from '../../model/gate/removed-intents.ts';
import { signatureFaults } from '../../model/gate/signature.ts';
import type { ModelSettings } from '../../model/settings.ts';
import type { Stage } from '../../stages/load.ts';

/** Shows a line to the user. */
type Tell = (line: string) => void;

/** The model that a candidate would replace. */
interface Replaced extends Pick<ModelInService, 'open'> {
  manifest: Manifest;
  /** Its intents that the candidate does not know. */
  leaving: string[];
  /** Whether it learned from the example data. */
  isExample: boolean;
}

/** Refuses a model below the stage's limits, or one that must not replace the model in service. */
export async function passGate(
  candidate: Artifact,
  stage: Stage,
  inService: Pick<ModelInService, 'manifest' | 'open'> | undefined,
  tell: Tell,
  verdict = 'This model may not be released:',
): Promise<void> {
  const { model } = stage.settings;
  const replaced = inService && (await unlessImpossible(() => readReplaced(candidate, inService), tell));
  const comparison = replaced && (await unlessImpossible(() => compare(candidate, replaced, model), tell));
  const { leaving = [], isExample = false } = replaced ?? {};
  const removed = replaced ? withoutConsent(leaving, replaced.manifest, model.gate, isExample) : [];
  const classifier = createClassifier(candidate, 'this model');
  const refusals = [
    ...signatureFaults(classifier),
    ...refusalsOf(candidate.manifest, model.gate, comparison, removed),
    ...costRefusals(measureCost(candidate, classifier), model.gate),
  ];
  if (refusals.length > 0) {
    throw new UserError([verdict, ...refusals, ...howToConsent(removed, stage)].join('\n'));
  }
  if (!replaced) return;
  for (const line of describeModelChange(candidate.manifest, replaced.manifest, comparison)) tell(line);
}

/** Returns the result of `action`; tells why there is none if the model in service cannot be read or compared. */
export async function unlessImpossible<Result>(action: () => Promise<Result>, tell: Tell): Promise<Result | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    tell(`Not compared with the model in service: ${error.message.replaceAll(/\s*\n\s*/g, ' ')}`);
    return undefined;
  }
}

async function readReplaced(candidate: Artifact, { manifest: read, open }: ModelInService): Promise<Replaced> {
  const manifest = await read();
  const isExample = manifest.data.train.sha256 === sha256(await readFile(defaultData.train));
  return { manifest, open, isExample, leaving: leavingIntents(candidate.manifest, manifest) };
}

async function compare(candidate: Artifact, replaced: Replaced, settings: ModelSettings): Promise<Comparison> {
  const { manifest } = candidate;
  const byManifests = compareManifests(manifest, replaced.manifest);
  if (byManifests) return byManifests;
  if (replaced.leaving.length === replaced.manifest.labels.length) throw new UserError('they have no intent in common');
  if (!replaced.isExample && mayHaveLearnedFrom(manifest, replaced.manifest)) {
    throw new UserError(
      'it may have learned from the test texts, since another seed, share or version held out its own',
    );
  }
  const { test } = await loadDatasets(settings);
  if (test.sha256 !== manifest.data.test.sha256) {
    throw new UserError(`${test.path} does not hold the texts that this model was tested with`);
  }
  const comparison = compareOn(test, createClassifier(candidate, 'this model'), await replaced.open());
  if (comparison) return comparison;
  throw new UserError(`${test.path} has no text whose intent both know`);
}

// The empty line tells where the lines to copy begin.
function howToConsent(removed: readonly string[], { name, settings }: Stage): string[] {
  if (removed.length === 0) return [];
  const lines = consentLines([...settings.model.gate.removedIntents, ...removed]);
  return [`If these intents may leave, say so in stages/${name}.yaml:`, '', lines];
}
