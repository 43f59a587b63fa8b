import type { MlflowClient } from '../../mlflow/client.ts';
import { MlflowError } from '../../mlflow/error.ts';
import { foldersIn } from '../tracker.ts';
import { sendRun } from './send.ts';

/** What came of sending all runs. */
export interface Synced {
  /** The runs that there are. */
  runs: number;
  /** Those of which something was sent. */
  sent: number;
  /** Those of which something is not sent, and why. */
  failures: { folder: string; error: Error }[];
  /** Those that were not tried, since the server would have answered the same. */
  untried: number;
}

/** Sends what an MLflow server does not have yet of the runs of all experiments; `root` is the folder that theirs are in. */
export async function syncRuns(client: MlflowClient, root: string, report: (line: string) => void): Promise<Synced> {
  const folders = await runFolders(root);
  const synced: Synced = { runs: folders.length, sent: 0, failures: [], untried: 0 };
  for (const [at, folder] of folders.entries()) {
    report(`${at} of ${folders.length} runs`);
    try {
      if ((await sendRun(client, folder)) > 0) synced.sent += 1;
    } catch (error) {
      synced.failures.push({ folder, error: error as Error });
      if (!(error instanceof MlflowError && error.isOfServer)) continue;
      synced.untried = folders.length - at - 1;
      break;
    }
  }
  return synced;
}

async function runFolders(root: string): Promise<string[]> {
  const experiments = await foldersIn(root);
  return (await Promise.all(experiments.map(foldersIn))).flat();
}
