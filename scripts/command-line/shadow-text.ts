import pc from 'picocolors';
import { formatPercent } from '../../common/percent.ts';
import { terminalTable } from '../../common/tables.ts';
import { wilson } from '../../common/wilson.ts';
import type { ShadowFigures, ShadowSide } from '../../deployments/shadow-figures.ts';
import { counted } from '../../deployments/strategies/wording.ts';
import { timeText } from './served-text.ts';

/** What was found of a shadow, for people. `names` are those of the releases. */
export function shadowText(figures: ShadowFigures, names: Record<'a' | 'b', string>): string {
  const { machines, texts, agreed, lost, live, candidate, disagreements } = figures;
  const head = ['release', 'median time of the model', 'p99', 'mean confidence'];
  return [
    pc.bold(`${names.b} is the shadow of ${names.a} on ${counted(machines)}: its answers go to nobody.`),
    `${texts === 0 ? 'No text was compared yet' : agreement(agreed, texts)}; ${lostText(lost)}.`,
    terminalTable(head, [sideRow(`${names.a}, in service`, live), sideRow(`${names.b}, shadow`, candidate)]),
    ...(disagreements.length === 0
      ? []
      : [
          'The most frequent disagreements:',
          terminalTable(
            ['in service', 'shadow', 'texts'],
            disagreements.map((pair) => [pair.live, pair.candidate, pair.texts.toLocaleString('en')]),
          ),
        ]),
    'Who is right, agreement does not say. Deploy it with: make promote, or take it away with: make abort',
  ].join('\n');
}

function agreement(agreed: number, texts: number): string {
  const [low, high] = wilson(agreed, texts).map(formatPercent);
  return `They agree on ${formatPercent(agreed / texts)} of ${texts.toLocaleString('en')} texts (95 % interval: ${low} to ${high})`;
}

function lostText(lost: number): string {
  return lost === 1 ? '1 copy was not compared' : `${lost.toLocaleString('en')} copies were not compared`;
}

function sideRow(name: string, { medianSeconds, p99Seconds, meanConfidence }: ShadowSide): string[] {
  const confidence = meanConfidence === null ? '–' : meanConfidence.toFixed(3);
  return [name, timeText(medianSeconds), timeText(p99Seconds), confidence];
}
