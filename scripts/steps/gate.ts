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
import { newestAlias, parseReference } from '../../model/model-reference.ts';
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
  inService: ModelInService | undefined,
  tell: Tell,
): Promise<void> {
  const { model } = stage.settings;
  const replaced = inService && (await unlessImpossible(() => readReplaced(candidate, inService), tell));
  const comparison = replaced && (await unlessImpossible(() => compare(candidate, replaced, model), tell));
  // What was judged when its alias moved may also be the way back to an older model.
  const rival = replaced && !wasPromoted(model) ? { replaced, comparison } : undefined;
  refuse('This model may not be released:', candidate, stage, rival);
  if (!replaced) return;
  for (const line of describeModelChange(candidate.manifest, replaced.manifest, comparison)) tell(line);
}

/** Refuses a version that must not take the place of another one, with which it was compared. */
export async function passPromotionGate(
  verdict: string,
  candidate: Artifact,
  stage: Stage,
  rival: { current: ModelInService; comparison: Comparison | undefined } | undefined,
  tell: Tell,
): Promise<void> {
  const replaced = rival && (await readReplaced(candidate, rival.current));
  const comparison = rival?.comparison;
  refuse(verdict, candidate, stage, replaced && { replaced, comparison });
  if (!replaced) return;
  for (const line of describeModelChange(candidate.manifest, replaced.manifest, comparison)) tell(line);
}

interface Rival {
  replaced: Replaced;
  /** Undefined where the two cannot be compared. */
  comparison: Comparison | undefined;
}

function refuse(verdict: string, candidate: Artifact, stage: Stage, rival: Rival | undefined): void {
  const { gate } = stage.settings.model;
  const { leaving = [], isExample = false } = rival?.replaced ?? {};
  const removed = rival ? withoutConsent(leaving, rival.replaced.manifest, gate, isExample) : [];
  const classifier = createClassifier(candidate, 'this model');
  const refusals = [
    ...signatureFaults(classifier),
    ...refusalsOf(candidate.manifest, gate, rival?.comparison, removed),
    ...costRefusals(measureCost(candidate, classifier), gate),
  ];
  if (refusals.length === 0) return;
  throw new UserError([verdict, ...refusals, ...howToConsent(removed, stage)].join('\n'));
}

/** Whether the stage names a version by an alias that somebody has moved, which the gate has judged then. */
function wasPromoted({ registry }: ModelSettings): boolean {
  if (registry === undefined) return false;
  const { selector } = parseReference(registry);
  return 'alias' in selector && selector.alias !== newestAlias;
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
