import { releaseIdOf } from '../../common/release-id.ts';
import { markdownTable } from '../../common/tables.ts';
import type { Observation } from './observe.ts';
import { failedIn, servedAfter, stepsIn } from './timeline.ts';

/** The releases before and after a deployment, by what they are called in a report. */
export interface Releases {
  old: string;
  new: string;
}

/** Reports what a command cost, and what was served after each of its steps. */
export function reportOf(seen: Observation, releases: Releases, remarks: readonly string[] = []): string {
  const seconds = ((seen.endedAt - seen.beganAt) / 1000).toFixed(0);
  return [
    `Exit code ${seen.exitCode} after ${seconds} s: ${sentenceOf(seen)}`,
    `${seen.answers.length} requests, ${failedIn(seen.answers)} failed.`,
    ...remarks,
    '',
    servedTable(seen, releases),
  ].join('\n');
}

// The first line of the error, or that of the end.
function sentenceOf({ lines }: Observation): string {
  const texts = lines.map(({ text }) => text);
  const error = texts.find((text) => /^(?:apply|rollback|promote|abort): /.test(text));
  return error ?? texts.find((text) => /^(?:Serving release|Release) /.test(text)) ?? 'nothing';
}

function servedTable(seen: Observation, { old, new: following }: Releases): string {
  const [oldId, newId] = [releaseIdOf(old), releaseIdOf(following)];
  const steps = servedAfter(stepsIn(seen.lines), seen.answers, seen.endedAt);
  const rows = steps.map(({ title, seconds, releases, failed }) => {
    const [before, after] = [releases[oldId] ?? 0, releases[newId] ?? 0];
    const share = before + after === 0 ? '–' : `${((100 * after) / (before + after)).toFixed(1)} %`;
    const kinds = Object.entries(failed).map(([kind, count]) => `${count} × ${kind}`);
    return [title, seconds.toFixed(0), String(before), String(after), share, kinds.join(', ') || '0'];
  });
  return markdownTable(['after', 'seconds', 'old release', 'new release', 'share of the new one', 'failed'], rows);
}

/** A share of the traffic is measured by so many requests. */
const fewestRequests = 2000;

/** Returns the weights that were not served within three percent points, or by too few requests to tell. */
export function wrongWeights(seen: Observation, { old, new: following }: Releases): string[] {
  const [oldId, newId] = [releaseIdOf(old), releaseIdOf(following)];
  return servedAfter(stepsIn(seen.lines), seen.answers, seen.endedAt).flatMap(({ title, releases }) => {
    const asked = /^(\d+) % to /.exec(title)?.[1];
    if (asked === undefined) return [];
    const all = (releases[oldId] ?? 0) + (releases[newId] ?? 0);
    if (all < fewestRequests) return [`${asked} % asked, in ${all} requests alone`];
    const served = (100 * (releases[newId] ?? 0)) / all;
    return Math.abs(served - Number(asked)) > 3 ? [`${asked} % asked, ${served.toFixed(1)} % served`] : [];
  });
}
