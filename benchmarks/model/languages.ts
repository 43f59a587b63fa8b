import { sha256 } from '../../common/checksum.ts';
import { formatPercent } from '../../common/percent.ts';
import type { Dataset } from '../../model/datasets/example.ts';
import { modelSettings } from '../../model/settings.ts';
import { trainModel } from '../../model/training/train.ts';
import type { Result } from '../result-table.ts';
import languages from './languages.json' with { type: 'json' };

/** Six intents of fifteen texts each, the same ones in several languages; the first five are learned from. */
type Intents = Readonly<Record<string, readonly string[]>>;

const learned = 5;

/** Accuracy with five texts an intent, with token vectors and without, in each language. */
export async function languageResults(): Promise<Result[]> {
  const results: Result[] = [];
  for (const [language, intents] of Object.entries<Intents>(languages)) {
    const splits = {
      train: datasetOf(language, intents, (at) => at < learned),
      test: datasetOf(language, intents, (at) => at >= learned),
    };
    const accuracyOf = async (profile: 'default' | 'semantic'): Promise<string> =>
      formatPercent((await trainModel(splits, modelSettings.parse({ profile }))).manifest.metrics.accuracy);
    const [semantic, plain] = [await accuracyOf('semantic'), await accuracyOf('default')];
    const what = `semantic: ${language}, 6 intents of ${learned} texts (default: ${plain})`;
    results.push({ what, measured: semantic });
  }
  return results;
}

function datasetOf(path: string, intents: Intents, isChosen: (at: number) => boolean): Dataset {
  const examples = Object.entries(intents).flatMap(([intent, texts]) =>
    texts.filter((_, at) => isChosen(at)).map((text, line) => ({ text, intent, line })),
  );
  return { path, sha256: sha256(JSON.stringify(examples)), examples };
}
