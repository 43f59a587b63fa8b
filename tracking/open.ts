import { join } from 'node:path';
import { defaultRuns } from '../common/paths.ts';
import { MlflowClient, type MlflowClientOptions } from '../mlflow/client.ts';
import { mlflowServer } from '../mlflow/server.ts';
import { LiveSender } from './mlflow/live.ts';
import { sendRun } from './mlflow/send.ts';
import { Tracker } from './tracker.ts';

const variable = 'MLFLOW_TRACKING_URI';

export interface OpenTrackerProps {
  /** The name of the experiment, which is that of the model. */
  experiment: string;
  environment: NodeJS.ProcessEnv;
  /** Receives what people should know, such as that MLflow does not answer. */
  warn: (sentence: string) => void;
  /** The folder of the runs of all models. */
  root?: string;
}

/** A tracker, and the end of what it does in the background. */
export interface OpenTracker {
  tracker: Tracker;
  /** To be called at the end of a command: returns whether MLflow has everything, and without a server true. */
  finish: (milliseconds?: number) => Promise<boolean>;
}

/** Opens the tracker of an experiment: its folder, and a mirror of it on the MLflow server that the environment names. */
export function openTracker({ experiment, environment, warn, root = defaultRuns }: OpenTrackerProps): OpenTracker {
  const folder = join(root, experiment);
  const end = new AbortController();
  const client = trackingClient(environment, { signal: end.signal });
  if (!client) return { tracker: new Tracker(folder), finish: async () => true };
  const sender = new LiveSender({ send: (ofRun) => sendRun(client, ofRun), end, warn });
  return {
    tracker: new Tracker(folder, (ofRun) => sender.notify(ofRun)),
    finish: (milliseconds) => sender.finish(milliseconds),
  };
}

/** Returns a client of the MLflow server that the environment names; undefined where it names none. */
export function trackingClient(
  environment: NodeJS.ProcessEnv,
  options: MlflowClientOptions = {},
): MlflowClient | undefined {
  const address = environment[variable];
  return address ? new MlflowClient(mlflowServer(variable, address, environment), options) : undefined;
}
