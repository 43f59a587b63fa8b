import { requiredFrom } from '../../common/required-variable.ts';

/** The settings of the program, from the environment that its unit sets. */
export interface RunSettings {
  /** The id of the release that answers on this machine. */
  live: string;
  /** The folder of what was fetched. */
  folder: string;
  /** The socket for copies. */
  socket: string;
  /** The ports of the worker on loopback. */
  ports: WorkerPorts;
  /** The file of the metrics. */
  metrics: string;
}

export interface WorkerPorts {
  service: number;
  metrics: number;
}

/** Reads the settings; the error names a variable that is missing. */
export function readSettings(environment: NodeJS.ProcessEnv): RunSettings {
  const value = requiredFrom(environment, 'intent-fleet-shadow.service');
  return {
    live: value('RELEASE'),
    folder: value('SHADOW_FOLDER'),
    socket: value('SHADOW_SOCKET'),
    ports: { service: Number(value('SHADOW_PORT')), metrics: Number(value('SHADOW_METRICS_PORT')) },
    metrics: value('METRICS_FILE'),
  };
}
