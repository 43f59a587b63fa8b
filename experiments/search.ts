import type { Block, Features } from '../model/features/features.ts';
import { createRandom } from '../model/random.ts';
import { type Candidate, type CandidateModel, candidateOf } from './candidate.ts';
import type { Search } from './grid.ts';

/** So often a variation is drawn again before all are taken for known. */
const mostDraws = 100;

/** Returns random variations of a candidate, none of them twice and none that is known; fewer where there are no more. */
export function searchCandidates(
  best: Candidate,
  search: Search,
  known: readonly Candidate[],
  seed: number,
): Candidate[] {
  const random = createRandom(seed);
  const taken = new Set(known.map(({ id }) => id));
  const found: Candidate[] = [];
  for (let draws = 0; found.length < search.candidates && draws < mostDraws; draws += 1) {
    const candidate = candidateOf(`${best.name}, variation ${found.length + 1}`, vary(best.model, search, random));
    if (taken.has(candidate.id)) continue;
    taken.add(candidate.id);
    found.push(candidate);
    draws = 0;
  }
  return found;
}

/** Keeps each setting or draws it anew, with even odds. */
function vary({ algorithm, features, cost }: CandidateModel, search: Search, random: () => number): CandidateModel {
  const draw = <Value>(kept: Value, values: readonly Value[] | undefined): Value => {
    const [changes, place] = [random() < 0.5, random()];
    return changes && values ? (values[Math.floor(place * values.length)] as Value) : kept;
  };
  const drawn = {
    tokenizer: draw(features.tokenizer, search.tokenizer),
    minimumTexts: draw(features.minimumTexts, search.minimumTexts),
  };
  const weighting = draw(undefined, search.weighting);
  const inverseDocumentFrequency = draw(undefined, search.inverseDocumentFrequency);
  const words = {
    lengths: draw(undefined, search.wordLengths),
    stemmer: draw(undefined, search.stemmer),
    stopWords: draw(undefined, search.stopWords),
  };
  const characters = { lengths: draw(undefined, search.characterLengths) };
  const blocks = features.blocks.map((block) => {
    const own = block.kind === 'words' ? words : characters;
    return changed(block, { weighting, inverseDocumentFrequency, ...own });
  });
  const newCost = draw(cost, search.cost && [between(search.cost, random())]);
  return {
    algorithm,
    features: { ...features, ...drawn, blocks } satisfies Features,
    ...(algorithm === 'linear-svm' && newCost !== undefined && { cost: newCost }),
  };
}

function changed(block: Block, values: object): Block {
  return { ...block, ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) };
}

// As likely below the geometric mean of both ends as above it; two digits are enough.
function between([low, high]: readonly [number, number], share: number): number {
  return Number((low * (high / low) ** share).toPrecision(2));
}
