import { createLogUpdate } from 'log-update';
import type { Counts } from './chunk.ts';

/** How far a run is. */
export interface Progress {
  readonly counts: Counts;
  /** The share of the input that was read, where its size is known. */
  readonly share: number | undefined;
  /** Since the start of the command, with what was answered and read since then. */
  readonly seconds: number;
  readonly answeredSince: number;
  readonly shareSince: number | undefined;
}

/** Returns a line on how far a run is, how fast it goes, and the time that it will still take. */
export function progressLine({ counts, share, seconds, answeredSince, shareSince }: Progress): string {
  const rate = seconds > 0 ? Math.round(answeredSince / seconds) : 0;
  const left = share && shareSince ? ((1 - share) * seconds) / shareSince : undefined;
  return [
    `${counts.answered.toLocaleString('en-US')} texts`,
    ...(share === undefined ? [] : [`${Math.floor(100 * share)} %`]),
    `${rate.toLocaleString('en-US')} a second`,
    ...(left === undefined ? [] : [`${duration(left)} left`]),
    ...(counts.bad > 0 ? [`${counts.bad} bad lines`] : []),
  ].join(' · ');
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

interface Reported {
  counts: Counts;
  place: { offset: number };
}

const liveMilliseconds = 250;
const plainMilliseconds = 5000;

/** Shows progress on a stream: renewed in place on a terminal, a line at intervals elsewhere. */
export function progressReporter(stream: NodeJS.WriteStream, now = () => performance.now()) {
  const isLive = stream.isTTY && stream.columns > 0;
  const show = isLive ? createLogUpdate(stream) : (line: string) => void stream.write(`${line}\n`);
  const startedAt = now();
  let shownAt = startedAt;
  return {
    report: (counts: Counts, place: Reported['place'], from: Reported, size: number | undefined): void => {
      if (now() - shownAt < (isLive ? liveMilliseconds : plainMilliseconds)) return;
      shownAt = now();
      const shareOf = ({ offset }: Reported['place']) => (size ? offset / size : undefined);
      const shareSince = size ? (place.offset - from.place.offset) / size : undefined;
      const answeredSince = counts.answered - from.counts.answered;
      show(
        progressLine({
          counts,
          share: shareOf(place),
          seconds: (shownAt - startedAt) / 1000,
          answeredSince,
          shareSince,
        }),
      );
    },
    /** Leaves the last line where it is. */
    end: (): void => {
      if ('done' in show) show.done();
    },
  };
}
