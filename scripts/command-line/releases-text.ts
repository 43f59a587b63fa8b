import pc from 'picocolors';
import { formatPercent } from '../../common/percent.ts';
import { releaseIdOf } from '../../common/release-id.ts';
import { terminalTable } from '../../common/tables.ts';
import type { Deployment, Track } from '../../deployments/deployment.ts';
import { durationText } from './duration.ts';

const head = ['revision', 'release', 'made', 'model', 'accuracy', 'machines', 'image', 'track', 'traffic'];

/** The kept revisions of a stage for people, the newest first, and below them what is under way and how the last one ended. */
export function releasesText(deployment: Deployment, now = new Date()): string {
  const names = Object.entries(deployment.revisions)
    .sort(([, left], [, right]) => Date.parse(right.madeAt) - Date.parse(left.madeAt))
    .map(([name]) => name);
  const table = terminalTable(
    head,
    names.map((name) => rowOf(name, deployment, now)),
  );
  return [table, ...underWay(deployment), ...lastOne(deployment)].join('\n');
}

function rowOf(name: string, deployment: Deployment, now: Date): string[] {
  const revision = deployment.revisions[name];
  if (!revision) return [name];
  const { release, madeAt, modelVersion, accuracy, instanceType, image } = revision;
  const tracks = (['blue', 'green'] as const).filter((track) => deployment.tracks[track].revision === name);
  return [
    ...[name, releaseIdOf(release), `${durationText(now.getTime() - Date.parse(madeAt))} ago`],
    ...[modelVersion, accuracy === null ? '–' : formatPercent(accuracy), instanceType, image],
    tracks.map((track) => trackText(track, deployment)).join(', ') || '–',
    tracks.map((track) => `${deployment.weights[track]} %`).join(', ') || '–',
  ];
}

// A track without machines names the revision that it had last.
function trackText(track: Track, { live, tracks }: Deployment): string {
  if (track === live) return `${track}, live`;
  return tracks[track].ceiling > 0 ? track : `${track}, idle`;
}

function underWay({ phase, progress, strategy }: Deployment): string[] {
  if (phase === 'rolling-back') return [pc.red(`under way: ${progress.to} goes back: ${progress.reason}`)];
  if (phase === 'progressing')
    return [pc.yellow(`under way: ${progress.to} by ${strategy.kind}, since ${progress.beganAt}`)];
  return phase === 'warm' ? ['The old machines are kept warm; make promote removes them.'] : [];
}

function lastOne({ last }: Deployment): string[] {
  if (!last) return [];
  const { revision, result, reason } = last;
  const text = `last: ${revision} ${result}${reason === null ? '' : `: ${reason}`}`;
  return [result === 'rolled back' ? pc.red(text) : text];
}
