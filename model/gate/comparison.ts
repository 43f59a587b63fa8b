import type { Manifest, Metrics } from '../artifact/manifest.ts';
import type { Classifier } from '../artifact/open.ts';
import type { Dataset } from '../datasets/example.ts';
import { measure } from '../evaluation/metrics.ts';

/** A model and the model in service that it would replace, measured on the same texts. */
export interface Comparison {
  readonly candidate: Metrics;
  readonly inService: Metrics;
  /** The texts, such as `on 38 texts of ours.csv that both know`. */
  readonly texts: string;
}

/** Compares two models by their manifests; undefined if they were measured on different texts. */
export function compareManifests(candidate: Manifest, inService: Manifest): Comparison | undefined {
  const { examples } = candidate.metrics;
  if (candidate.data.test.sha256 !== inService.data.test.sha256 || inService.metrics.examples !== examples)
    return undefined;
  return { candidate: candidate.metrics, inService: inService.metrics, texts: `on the same ${examples} test texts` };
}

/** Measures two models on the test texts whose intent both know; undefined if there are none. */
export function compareOn(test: Dataset, candidate: Classifier, inService: Classifier): Comparison | undefined {
  const common = candidate.manifest.labels.filter((label) => inService.manifest.labels.includes(label));
  const examples = test.examples.filter(({ intent }) => common.includes(intent));
  if (examples.length === 0) return undefined;
  return {
    candidate: measure(candidate.predict, examples, common),
    inService: measure(inService.predict, examples, common),
    texts: `on ${examples.length} texts of ${test.path} that both know`,
  };
}

/**
 * Tells whether the model in service may have learned from test texts that were held out from the candidate's data. It has
 * not if as large a share was held out from its own data with the same seed: texts stay on their side of the split.
 */
export function mayHaveLearnedFrom(candidate: Manifest, inService: Manifest): boolean {
  const { testShare } = candidate.data;
  if (testShare === null) return false;
  return inService.seed !== candidate.seed || (inService.data.testShare ?? 0) < testShare;
}
