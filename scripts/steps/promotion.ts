import { UserError } from '../../common/errors.ts';
import type { Manifest } from '../../model/artifact/manifest.ts';
import { type Classifier, createClassifier } from '../../model/artifact/open.ts';
import type { Dataset } from '../../model/datasets/example.ts';
import { loadDatasets } from '../../model/datasets/load.ts';
import { describePaired, isCertain } from '../../model/evaluation/describe-paired.ts';
import { pairedDifference } from '../../model/evaluation/paired.ts';
import { type Comparison, compareOn } from '../../model/gate/comparison.ts';
import type { ModelSettings } from '../../model/settings.ts';
import type { Stage } from '../../stages/load.ts';
import { passPromotionGate } from './gate.ts';
import type { ReadVersion } from './registry.ts';

/**
 * Refuses a version that must not take the place of another one: by the gate that a deployment passes, or because on the same texts
 * it is right less often than the other one by more than chance. Tells how the two compare.
 */
export async function passPromotion(
  candidate: ReadVersion,
  current: ReadVersion | undefined,
  stage: Stage,
  tell: (line: string) => void,
): Promise<void> {
  const verdict = `Version ${candidate.record.version} may not be promoted:`;
  if (!current) return passPromotionGate(verdict, candidate.artifact, stage, undefined, tell);
  const { sentence, isWorse, comparison } = await compareTexts(candidate, current, stage.settings.model);
  if (isWorse) {
    const way = 'train with more texts of the intents that lose, or promote another version';
    throw new UserError(`${verdict}\n${sentence}; ${way}`);
  }
  tell(sentence);
  const served = {
    manifest: async () => current.artifact.manifest,
    open: async () => createClassifier(current.artifact, `version ${current.record.version}`),
  };
  await passPromotionGate(verdict, candidate.artifact, stage, { current: served, comparison }, tell);
}

interface Verdict {
  sentence: string;
  /** Whether the candidate is right less often by more than chance. */
  isWorse: boolean;
  /** Undefined where no text has an intent that both know. */
  comparison: Comparison | undefined;
}

/** Compares two versions on the test texts whose intent both know, which neither has learned. */
async function compareTexts(candidate: ReadVersion, current: ReadVersion, settings: ModelSettings): Promise<Verdict> {
  const [one, other] = [candidate, current].map(({ artifact, record }) => ({
    classifier: createClassifier(artifact, `version ${record.version}`),
    name: `version ${record.version}`,
    manifest: artifact.manifest,
  })) as [Compared, Compared];
  const known = one.manifest.labels.filter((label) => other.manifest.labels.includes(label));
  if (known.length === 0)
    return {
      sentence: `${one.name} and ${other.name} are not compared: they have no intent in common`,
      ...{ isWorse: false, comparison: undefined },
    };
  const { test } = await loadDatasets(settings);
  for (const { manifest, name } of [one, other])
    if (mayHaveLearned(test, manifest, settings))
      throw new UserError(
        `${test.path}: expected texts that ${name} has not learned, but it may have; name test texts of their own: TEST=file`,
      );
  const texts = test.examples.filter(({ intent }) => known.includes(intent));
  if (texts.length === 0)
    throw new UserError(
      `${test.path}: expected texts whose intent both versions know, such as ${known[0]}; name the data: DATA=file`,
    );
  const paired = pairedDifference(one.classifier.predict, other.classifier.predict, texts);
  return {
    sentence: describePaired(one.name, other.name, paired),
    isWorse: paired.difference < 0 && isCertain(paired),
    comparison: compareOn(test, one.classifier, other.classifier),
  };
}

interface Compared {
  classifier: Classifier;
  name: string;
  manifest: Manifest;
}

// Of texts that are held out from a file, nearly all stay on their side of the split with the same seed, and with a larger share.
function mayHaveLearned(test: Dataset, { seed, data }: Manifest, settings: ModelSettings): boolean {
  if (test.sha256 === data.test.sha256) return false;
  if (test.sha256 === data.train.sha256) return true;
  if (settings.data === undefined || settings.test !== undefined) return false;
  return seed !== settings.seed || (data.testShare ?? 0) < settings.testShare;
}
