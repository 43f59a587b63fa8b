import type { Alert } from '../answers.ts';
import { clockTime, dayTime } from './clock.ts';
import { byId, element } from './element.ts';

let shown = '';

/** Shows the alerts that ring; the same ones again change nothing, so that they are read aloud once. */
export function showAlerts(alerts: readonly Alert[]): void {
  const key = JSON.stringify(alerts);
  if (key === shown) return;
  shown = key;
  document.title = alerts.length > 0 ? `(${alerts.length}) Monitoring` : 'Monitoring';
  const rest = element('p', { class: 'rest', text: 'No alert rings.' });
  byId('alerts').replaceChildren(alerts.length > 0 ? element('ul', {}, ...alerts.map(alertItem)) : rest);
}

/** Says that nobody knows whether alerts ring; those that rang stay. */
export function showAlertsUnknown(): void {
  if (byId('alerts').querySelector('li')) return;
  shown = '';
  byId('alerts').replaceChildren(element('p', { class: 'unknown', text: 'Whether alerts ring is not known.' }));
}

function alertItem({ severity, summary, description, since }: Alert): HTMLElement {
  const isToday = since.toDateString() === new Date().toDateString();
  return element(
    'li',
    { class: severity },
    element('b', { class: 'severity', text: severity }),
    element('strong', { text: summary }),
    element('time', {
      text: `since ${isToday ? clockTime(since) : dayTime(since)}`,
      attributes: { datetime: since.toISOString() },
    }),
    element('p', { text: description }),
  );
}
