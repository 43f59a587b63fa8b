import { pageEnvironment } from '../common/page/environment.ts';
import { latencyChart } from './charts/latency.ts';
import { latencyBySecondChart, requestsChart } from './charts/seconds.ts';
import type { LoadOptions } from './options.ts';
import type { LoadResult } from './result.ts';
import { formatMilliseconds, resultTables } from './tables.ts';

export interface PageProps {
  result: LoadResult;
  options: Pick<LoadOptions, 'rate' | 'connections'>;
  stage: string;
  url: string;
  startedAt: Date;
}

const environment = pageEnvironment(import.meta.dirname);
environment.addFilter('milliseconds', formatMilliseconds);

/** Renders the figures of a load as one self-contained page. */
export function renderPage({ result, startedAt, ...props }: PageProps): string {
  const [figures, ...counted] = resultTables(result);
  return environment.render('page.njk', {
    ...props,
    ...{ result, figures, counted },
    startedAt: startedAt.toISOString(),
    charts: {
      latency: latencyChart(result),
      requests: requestsChart(result),
      latencyBySecond: latencyBySecondChart(result),
    },
  });
}
