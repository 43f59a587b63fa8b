import { pageEnvironment } from '../../common/page/environment.ts';
import { confusionChart, mostLabels } from './charts/confusion.ts';
import { coverageChart } from './charts/coverage.ts';
import { learningChart } from './charts/learning.ts';
import { reliabilityChart } from './charts/reliability.ts';
import type { Evaluation } from './evaluate.ts';

const environment = pageEnvironment(import.meta.dirname);
environment.addFilter('fixed', (value: number) => value.toFixed(3));

/** Renders the evaluation as one self-contained page. */
export function renderPage(evaluation: Evaluation): string {
  return environment.render('page.njk', {
    ...evaluation,
    mostLabels,
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
    .map(([name, figures]) => ({ name, ...figures }))
    .sort((left, right) => left.f1 - right.f1 || (left.name < right.name ? -1 : 1));
}
