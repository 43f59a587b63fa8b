import colors from 'picocolors';
import { formatPercent } from '../../common/percent.ts';
import { terminalTable } from '../../common/tables.ts';
import type { Progress } from '../../experiments/experiment.ts';
import type { Ranked } from '../../experiments/tried.ts';
import { durationText } from './duration.ts';

/** Describes how far an experiment has come, in a line. */
export function experimentLine({ done, planned, best, secondsLeft }: Progress): string {
  const leader = best?.score ? `, best ${best.candidate.name} ${formatPercent(best.score.accuracy)}` : '';
  const left = done === 0 ? 'at most ' : 'about ';
  return `${done} of ${planned} measured${leader}, ${left}${durationText(1000 * Math.ceil(secondsLeft))} left`;
}

/** Lists candidates, the best first. */
export function candidatesTable(candidates: readonly Ranked[]): string {
  const rows = candidates.map(({ candidate, score, end }, at) => [
    String(at + 1),
    candidate.name,
    ...(score
      ? [
          formatPercent(score.accuracy),
          score.interval.map(formatPercent).join(' to '),
          score.trainSeconds.toPrecision(2),
          score.microseconds.toFixed(0),
        ]
      : ['–', '–', '–', '–']),
    end.outcome,
  ]);
  const head = ['', 'Candidate', 'Accuracy', '95 % interval', 'Learning, s', 'A text, µs', 'End'];
  const reasons = candidates.flatMap(({ candidate, end }) =>
    'reason' in end ? colors.yellow(`! ${candidate.name}: ${end.reason}`) : [],
  );
  return [terminalTable(head, rows), ...reasons].join('\n');
}
