import type { Settled } from '../deployment.ts';

/** Returns the deployment with the last revisions that served everything and those of its tracks, such as one that failed last. */
export function pruned(deployment: Settled): Settled {
  const { tracks, keepRevisions, revisions } = deployment;
  const ofTracks = [tracks.blue.revision, tracks.green.revision];
  const kept = new Set([...deployment.history.slice(0, keepRevisions), ...ofTracks]);
  return {
    ...deployment,
    revisions: Object.fromEntries(Object.entries(revisions).filter(([name]) => kept.has(name))),
    history: deployment.history.filter((name) => kept.has(name)),
  };
}
