import { descendantsRunning } from '../descendants.ts';

/** What logs and monitoring add: the log shipper and the exporters of each machine, and Prometheus, which reads them. */
const programs = /logs\/shipper\.mjs|\/prometheus(?:-node-exporter|-nginx-exporter)?\0/;

/** Stops all that monitors the machines of a rehearsal, by the id of its outermost process; returns what lets it go on. */
export function pauseMonitoring(rehearsal: number): () => void {
  const found = descendantsRunning(rehearsal, programs);
  if (found.length === 0) throw new Error('The rehearsal has no process that monitors it');
  for (const pid of found) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of found) process.kill(pid, 'SIGCONT');
  };
}
