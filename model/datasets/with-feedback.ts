import { unknownIntent } from '../prediction.ts';
import type { Example } from './example.ts';
import { plainText } from './plain-text.ts';

/** A text and the intent that is right, as a person said. */
export interface FeedbackText {
  readonly text: string;
  readonly intent: string;
}

export interface MergeProps {
  readonly train: readonly Example[];
  readonly test: readonly Example[];
  readonly outOfScopeLabel: string;
  readonly feedback: readonly FeedbackText[];
}

/** Texts to learn from with those of feedback, and what became of the feedback. */
export interface Merged {
  readonly examples: readonly FeedbackText[];
  readonly added: readonly FeedbackText[];
  /** Texts that are learned with this intent already. */
  readonly known: number;
  /** Texts to measure with, which stay that. */
  readonly measured: number;
  /** Texts that have another intent in the data, or several in the feedback: a person must decide. */
  readonly disputed: readonly FeedbackText[];
  /** Texts of intents that the data have no text of: a person must add the intent. */
  readonly unknownIntents: readonly FeedbackText[];
}

/** Adds feedback to the texts to learn from, where nothing contradicts it. */
export function withFeedback({ train, test, outOfScopeLabel, feedback }: MergeProps): Merged {
  const intentsOf = (examples: readonly FeedbackText[]) =>
    new Map([...Map.groupBy(examples, ({ text }) => plainText(text))].map(([text, same]) => [text, intents(same)]));
  const [learned, measured] = [intentsOf(train), intentsOf(test)];
  const knownIntents = new Set([outOfScopeLabel, ...train.map(({ intent }) => intent)]);
  const said = feedback.map(({ text, intent }) => ({
    text,
    intent: intent === unknownIntent ? outOfScopeLabel : intent,
  }));
  const saidOf = intentsOf(said);
  const outcome = Map.groupBy(firstOfEach(said), ({ text, intent }) => {
    const plain = plainText(text);
    if (measured.has(plain)) return 'measured';
    if (learned.get(plain)?.has(intent)) return 'known';
    if (learned.has(plain) || (saidOf.get(plain)?.size ?? 0) > 1) return 'disputed';
    return knownIntents.has(intent) ? 'added' : 'unknownIntents';
  });
  const of = (name: string) => outcome.get(name as 'added') ?? [];
  return {
    examples: [...train.map(({ text, intent }) => ({ text, intent })), ...of('added')],
    ...{ added: of('added'), disputed: of('disputed'), unknownIntents: of('unknownIntents') },
    ...{ known: of('known').length, measured: of('measured').length },
  };
}

function intents(examples: readonly FeedbackText[]): Set<string> {
  return new Set(examples.map(({ intent }) => intent));
}

/** Leaves out what was said before. */
function firstOfEach(said: readonly FeedbackText[]): FeedbackText[] {
  const seen = new Set<string>();
  return said.filter(({ text, intent }) => {
    const key = JSON.stringify([plainText(text), intent]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
