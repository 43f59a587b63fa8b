import { horizontalShareAxis, shareAxis } from '../../common/charts/axes.ts';
import { colours, draw } from '../../common/charts/draw.ts';
import { pageEnvironment } from '../../common/page/environment.ts';
import type { Manifest } from '../../model/artifact/manifest.ts';
import type { Card } from './card.ts';

const environment = pageEnvironment(import.meta.dirname);

/** Renders a card as one self-contained page. */
export function cardPage(card: Card, manifest: Pick<Manifest, 'reference'>): string {
  return environment.render('page.njk', { ...card, confidences: confidenceChart(manifest) });
}

/** The share of held-out texts that are answered with at most a confidence; undefined where an older artifact has no such counts. */
function confidenceChart({ reference }: Pick<Manifest, 'reference'>): string | undefined {
  if (!reference) return undefined;
  const { confidences, texts } = reference;
  const points = [[0, 0], ...confidences.map((bucket) => [bucket.upTo, bucket.texts / texts])];
  return draw('Confidence: the share of held-out texts that are answered with at most a confidence', {
    xAxis: horizontalShareAxis('confidence'),
    yAxis: { ...shareAxis('held-out texts'), min: 0, max: 1 },
    series: [
      {
        ...{ name: 'at most this confidence', type: 'line', data: points, showSymbol: false },
        lineStyle: { color: colours.first },
        itemStyle: { color: colours.first },
        areaStyle: { color: colours.first, opacity: 0.2 },
      },
    ],
  });
}
