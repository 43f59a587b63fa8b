import { pageEnvironment } from '../../common/page/environment.ts';
import type { Dataset } from '../../model/datasets/example.ts';
import { parametersOf } from '../candidate.ts';
import { importances } from '../importance.ts';
import { ranked, type Tried } from '../tried.ts';
import { costChart, curvesChart, importanceChart } from './charts.ts';

const environment = pageEnvironment(import.meta.dirname);
environment.addFilter('digits', (value: number) => Number(value.toPrecision(2)).toLocaleString('en'));

/** What an experiment has found. */
export interface Findings {
  /** The texts that were learned from. */
  readonly train: Pick<Dataset, 'path' | 'sha256' | 'examples'>;
  readonly folds: number;
  readonly grid: readonly Tried[];
  /** Variations of the best of the grid. */
  readonly variations: readonly Tried[];
  /** Learning curves of the best candidates, the best first. */
  readonly curves: readonly Tried[];
  /** The settings of the best candidate, as YAML. */
  readonly best: string;
}

/** What a candidate does in another way than the best one. */
function differencesOf({ candidate }: Tried, best: Tried | undefined): string {
  const usual = best && best.candidate !== candidate ? parametersOf(best.candidate) : {};
  const values = Object.entries(parametersOf(candidate)).filter(([name, value]) => usual[name] !== value);
  return values.map(([name, value]) => `${name} ${value}`).join(', ');
}

/** Renders an experiment as one self-contained page. */
export function experimentPage({ train, folds, grid, variations, curves, best }: Findings): string {
  const candidates = ranked([...grid, ...variations]);
  const winner = candidates[0];
  const varied = ranked([...ranked(grid).slice(0, 1), ...variations]);
  return environment.render('page.njk', {
    ...{ train: { ...train, texts: train.examples.length }, folds, best, curves, winner },
    candidates: candidates.map((candidate) => ({ ...candidate, differences: differencesOf(candidate, winner) })),
    charts: {
      training: costChart(candidates, 'training'),
      answering: costChart(candidates, 'answering'),
      curves: curves.length > 0 && curvesChart(curves),
      grid: importanceChart(importances(ranked(grid))),
      variations: variations.length > 1 && importanceChart(importances(varied)),
    },
  });
}
