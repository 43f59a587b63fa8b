import type { Manifest } from '../artifact/manifest.ts';
import type { Example } from '../datasets/example.ts';
import { type Predict, type Prediction, unknownIntent } from '../prediction.ts';
import { rightAnswer } from './golden.ts';

/** A model that answers. */
interface Answering extends Pick<Manifest, 'labels' | 'threshold' | 'outOfScopeClass'> {
  readonly predict: Predict;
}

type Answered = Manifest['examples'][number];

const mostExamples = 200;
const mostCharacters = 1000;
// In log-odds, since confidences are crowded near 1; around a confidence of one half, a difference of 0.02.
const smallestMargin = 0.08;
// The distance of the largest number below 1.
const closestToOne = Number.EPSILON / 2;

/**
 * Returns texts and the model's answers to them: the golden texts that it answers right, then test texts, one of each
 * intent in turn. Another processor may round another way: a text whose answer that might change is none of them.
 */
export function chooseExamples(
  model: Answering,
  golden: readonly Example[],
  test: readonly Example[],
  outOfScopeLabel: string,
): Answered[] {
  const right = golden.flatMap((example) => {
    const expected = rightAnswer(example.intent, outOfScopeLabel);
    return answersTo([example], model).filter(({ intent }) => intent === expected);
  });
  const labelled = Map.groupBy(test, ({ intent }) => (model.labels.includes(intent) ? intent : unknownIntent));
  const byLabel = [...model.labels, unknownIntent].map((label) => answersTo(labelled.get(label) ?? [], model));
  const unique = new Map([...right, ...inTurn(byLabel)].map(({ text, intent }) => [text, intent]));
  return [...unique].slice(0, mostExamples).map(([text, intent]) => ({ text, intent }));
}

function answersTo(examples: readonly Example[], model: Answering): Answered[] {
  return examples.flatMap(({ text }) => {
    if (!isAskable(text)) return [];
    const prediction = model.predict(text, { top: model.labels.length });
    return isFirm(prediction, model) ? [{ text, intent: prediction.intent }] : [];
  });
}

// The service refuses texts without a visible character and lone surrogates.
function isAskable(text: string): boolean {
  return text.length <= mostCharacters && text.isWellFormed() && /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

// The answer is an intent if its confidence is the highest, at least the threshold and at least that of the out-of-scope
// class. A confidence near 1 is compared by what is left of 1, which the other confidences tell more precisely.
function isFirm(
  { intent, confidence, alternatives: [, ...others] }: Prediction,
  { threshold: { value: threshold }, outOfScopeClass }: Answering,
): boolean {
  const rest = others.reduce((sum, other) => sum + other.confidence, 0);
  const outOfScope = outOfScopeClass ? Math.max(0, 1 - confidence - rest) : 0;
  const second = others[0]?.confidence ?? 0;
  const least = Math.max(
    logOdds(threshold, Math.max(1 - threshold, closestToOne)),
    logOdds(outOfScope, 1 - outOfScope),
  );
  const own = logOdds(confidence, rest + outOfScope);
  const leads = intent === unknownIntent || own - logOdds(second, 1 - second) >= smallestMargin;
  return leads && Math.abs(own - least) >= smallestMargin;
}

function logOdds(probability: number, rest: number): number {
  return Math.log(probability / rest);
}

function inTurn(lists: readonly Answered[][]): Answered[] {
  const rounds = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => lists.flatMap((list) => list.slice(round, round + 1))).flat();
}
