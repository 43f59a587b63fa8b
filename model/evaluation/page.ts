import { pageEnvironment } from '../../common/page/environment.ts';
import { readableMinute } from '../../common/readable-minute.ts';
import { wilson } from '../../common/wilson.ts';
import { confusionChart } from './charts/confusion.ts';
import { coverageChart } from './charts/coverage.ts';
import { learningChart } from './charts/learning.ts';
import { reliabilityChart } from './charts/reliability.ts';
import { mostConfusedPairs } from './confusion.ts';
import type { Evaluation } from './evaluate.ts';

const environment = pageEnvironment(import.meta.dirname);
environment.addFilter('fixed', (value: number) => value.toFixed(3));
environment.addFilter('minute', (time?: string) => readableMinute(time ?? ''));

const pairsShown = 20;

/**
 * Renders the evaluation as one self-contained page. `refusals` are why the model may not be released, without a comparison with
 * the one in service.
 */
export function renderPage(evaluation: Evaluation, refusals: readonly string[]): string {
  return environment.render('page.njk', {
    ...evaluation,
    refusals,
    pairs: mostConfusedPairs(evaluation.confusion, pairsShown),
    intents: worstFirst(evaluation),
    charts: {
      reliability: reliabilityChart(evaluation),
      coverage: coverageChart(evaluation),
      learning: learningChart(evaluation),
      confusion: confusionChart(evaluation),
    },
  });
}

function worstFirst({ metrics }: Evaluation): object[] {
  return Object.entries(metrics.intents)
    .map(([name, figures]) => ({ name, ...figures, interval: intervalOf(figures) }))
    .sort((left, right) => left.f1 - right.f1 || (left.name < right.name ? -1 : 1));
}

// Of its recall, because its texts are counted.
function intervalOf({ recall, examples }: Evaluation['metrics']['intents'][string]): [number, number] {
  return wilson(Math.round(recall * examples), examples);
}
