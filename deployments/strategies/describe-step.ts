import type { Deployment, Progressing } from '../deployment.ts';
import type { Step } from './step.ts';
import { isBooting, newTrack, otherTrack } from './tracks.ts';
import { counted } from './wording.ts';

/** Tells a person what a step does, between the values before and after it. */
export function describeStep(step: Step, before: Progressing, after: Deployment): string {
  const track = newTrack(before);
  const old = otherTrack(track);
  const { floor } = before.tracks[track];
  switch (step.kind) {
    case 'empty':
      return `${track} loses its ${counted(floor)} of ${before.tracks[track].revision}`;
    case 'stop':
      return `${old} loses its machines: nothing serves until ${track} does`;
    case 'shadow':
      return `machines of ${old} ask ${before.progress.to}, too, whose answers nobody gets; wait for a person`;
    case 'grow':
      return describeGrowth(before, after);
    case 'weight':
      return `${step.percent} % to ${track}${step.sticky ? ', each client stays at its track' : ''}${bakeOf(step)}`;
    case 'shrink':
      return `${old} shrinks to ${counted(after.tracks[old].floor)}`;
    case 'finish':
      return `${track} is live${step.warm ? `, ${old} stays warm` : endOf(before)}`;
  }
}

function describeGrowth(before: Progressing, after: Deployment): string {
  const track = newTrack(before);
  const more = after.tracks[track].floor - (isBooting(before) ? before.tracks[track].floor : 0);
  if (more > 0) return `${track} boots ${counted(more)} of ${before.progress.to}`;
  return `${before.live} keeps at least ${counted(after.tracks[before.live].floor)}`;
}

function bakeOf({ bakeSeconds, pause }: Extract<Step, { kind: 'weight' }>): string {
  const bake = bakeSeconds > 0 ? `, bake ${bakeSeconds} s under its alarms` : '';
  return pause ? `${bake}, wait for a person` : bake;
}

function endOf(before: Progressing): string {
  const old = otherTrack(newTrack(before));
  return before.tracks[old].ceiling > 0 ? `, ${old} loses its machines` : '';
}
