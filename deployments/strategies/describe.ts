import type { Deployment, Progressing } from '../deployment.ts';
import { type Expectations, type Foreseen, foresee } from './foresee.ts';
import { newTrack, otherTrack } from './tracks.ts';
import { counted } from './wording.ts';

/**
 * Tells a person what a deployment is going to do: each step with the machines that are paid for after it, how many and how
 * long in all, and what a failure does.
 */
export function describe(deployment: Deployment, expectations: Expectations): string[] {
  const foreseen = foresee(deployment, expectations);
  const lines = foreseen.map((step, index) => `${index + 1}. ${lineOf(step)}`);
  if (lines.length === 0) return ['Nothing changes.'];
  if (deployment.phase !== 'progressing') return lines;
  return [...lines, ...outageOf(foreseen), totalOf(foreseen, expectations), wayBackOf(deployment)];
}

function lineOf({ text, machines, bootSeconds }: Foreseen): string {
  const boot = bootSeconds > 0 ? ` (about ${durationOf(bootSeconds)})` : '';
  return `${text}${boot} · ${counted(machines)}`;
}

function outageOf(foreseen: readonly Foreseen[]): string[] {
  const begin = foreseen.findIndex(({ deployment }) => !isServed(deployment));
  if (begin < 0) return [];
  const end = foreseen.findIndex(({ deployment }, index) => index > begin && isServed(deployment));
  const seconds = secondsOf(foreseen.slice(begin, end));
  return [`Outage: nothing serves from step ${begin + 1} to step ${end + 1}, for about ${durationOf(seconds)}.`];
}

// The first deployment has nothing to interrupt.
function isServed({ tracks, weights, progress }: Deployment): boolean {
  const { blue, green } = tracks;
  return progress?.from === null || weights.blue * blue.ceiling + weights.green * green.ceiling > 0;
}

function totalOf(foreseen: readonly Foreseen[], { observed }: Expectations): string {
  const before = observed.blue.desired + observed.green.desired;
  const most = Math.max(before, ...foreseen.map(({ machines }) => machines));
  const end = foreseen.at(-1)?.machines ?? before;
  return `Machines: ${before} now, at most ${most}, ${end} at the end. Time: about ${durationOf(secondsOf(foreseen))}.`;
}

function wayBackOf(deployment: Progressing): string {
  const { strategy, progress } = deployment;
  const track = newTrack(deployment);
  if (progress.from === null)
    return `When a step fails, ${track} loses its machines: there is no revision to go back to.`;
  const old = otherTrack(track);
  const regrown = { recreate: ' boots again and', rolling: ' gets back the machines that it has lost and' };
  const first = strategy.kind === 'recreate' || strategy.kind === 'rolling' ? regrown[strategy.kind] : '';
  return `When a step fails, ${old} (${progress.from})${first} takes all traffic, and ${track} loses its machines.`;
}

function secondsOf(foreseen: readonly Foreseen[]): number {
  return foreseen.reduce((sum, { seconds }) => sum + seconds, 0);
}

function durationOf(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} minutes`;
}
