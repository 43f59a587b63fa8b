import type { Panel } from '../../panel.ts';
import { panels } from '../../panels.ts';
import type { Series } from '../answers.ts';
import { type Range, rangeOf, type Span, spanOf } from '../ranges.ts';
import { showAlerts, showAlertsUnknown } from './alerts-view.ts';
import { clockTime, zoneName } from './clock.ts';
import { byId, element } from './element.ts';
import { showFigures } from './figures-view.ts';
import { PanelView } from './panel-view.ts';
import { fetchAlerts, fetchSeries, RefusedError } from './prometheus.ts';
import { showRanges } from './range-chooser.ts';
import { Refresher } from './refresher.ts';
import { onThemeChange } from './theme.ts';

const patienceMilliseconds = 20_000;

// While the machine is replaced, the load balancer answers with 503: six such answers a minute ring an alarm of the stage.
const unreachableSeconds = 30;

const views = new Map(panels.map((panel) => [panel, new PanelView(panel)]));
let lastData: Date | undefined;

for (const [group, members] of Map.groupBy(panels, (panel) => panel.group)) {
  const grid = element('div', { class: 'grid' }, ...members.map((panel) => (views.get(panel) as PanelView).element));
  byId('groups').append(element('section', {}, element('h2', { text: group }), grid));
}

/**
 * Fetches and shows everything; returns the seconds until the next time. A browser or proxy that does not reach Prometheus is a state
 * of the page, not an error.
 */
async function refresh(range: Range, cancelled: AbortSignal): Promise<number> {
  const signal = AbortSignal.any([cancelled, AbortSignal.timeout(patienceMilliseconds)]);
  const span = spanOf(range, Date.now() / 1000);
  try {
    // One request tells whether Prometheus answers; only then the others are sent.
    showAlerts(await fetchAlerts(signal));
    showFigures(await fetchAll(range, span, signal));
    lastData = new Date();
    showReachable(range);
    return range.refresh;
  } catch (error) {
    const seconds = Math.max(range.refresh, unreachableSeconds);
    if (!cancelled.aborted) showUnreachable(seconds, error);
    return seconds;
  }
}

async function fetchAll(range: Range, span: Span, signal: AbortSignal): Promise<Map<string, readonly Series[]>> {
  const all = await Promise.all(
    [...views].map(async ([panel, view]) => [panel.id, await fetchOne(panel, view, { range, span, signal })] as const),
  );
  return new Map(all);
}

interface Asked {
  range: Range;
  span: Span;
  signal: AbortSignal;
}

// A panel whose query is refused must not empty the others.
async function fetchOne(panel: Panel, view: PanelView, { range, span, signal }: Asked): Promise<readonly Series[]> {
  try {
    const series = await fetchSeries(panel, range, span, signal);
    view.show(series, range, span);
    return series;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    view.fail(error.message);
    return [];
  }
}

function showReachable({ refresh: seconds }: Range): void {
  document.body.classList.remove('stale');
  byId('problem').hidden = true;
  byId('updated').textContent = `${clockTime(lastData as Date)}, every ${seconds} s`;
}

function showUnreachable(seconds: number, error: unknown): void {
  console.warn(error);
  document.body.classList.add('stale');
  showAlertsUnknown();
  for (const view of views.values()) view.miss();
  const since = lastData ? `No data since ${clockTime(lastData)}` : 'No data yet';
  byId('problem').textContent = `Prometheus does not answer. ${since}; the page tries again every ${seconds} s.`;
  byId('problem').hidden = false;
  byId('updated').textContent = 'No answer';
}

const refresher = new Refresher(() => rangeOf(location.hash), refresh);

addEventListener('hashchange', () => {
  showRanges(rangeOf(location.hash));
  refresher.now();
});
document.addEventListener('visibilitychange', () => refresher.wake());
byId('pause').addEventListener('click', ({ currentTarget }) => {
  const isPaused = refresher.togglePause();
  (currentTarget as HTMLElement).setAttribute('aria-pressed', String(isPaused));
});
onThemeChange(() => {
  for (const view of views.values()) view.draw();
});

byId('zone').textContent = zoneName();
showRanges(rangeOf(location.hash));
showFigures(new Map());
refresher.now();
