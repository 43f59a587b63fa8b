import type { Track } from '../deployment.ts';

/** What was observed of a track. */
export interface TrackHealth {
  /** The desired capacity of its group. */
  desired: number;
  /** Its machines that are not gone yet, whatever they were launched from. */
  machines: number;
  /** The machines of its revision that the balancer finds healthy. */
  healthy: number;
  /** Why a machine of its revision failed its boot; null where none did. */
  failedBoot: string | null;
  /** The outcome of the smoke test since the track last grew. */
  smokeTest: 'not run' | 'passed' | { failed: string };
  /** The alarms of its own requests that ring: errors and times. Its machines are counted above. */
  ringing: readonly string[];
  /** Which service of its machines has ended by itself while it had traffic; null where none has. */
  endedService: string | null;
}

/** What a deployment is judged by. */
export interface Health {
  tracks: Record<Track, TrackHealth>;
  /** Time since the last apply ended. */
  stepSeconds: number;
  /** Whether a person has asked to go back. */
  isAborted?: boolean;
}
