import { UserError } from '../common/errors.ts';
import { mostListed } from '../common/listed.ts';
import { defaultRuns } from '../common/paths.ts';
import { type Synced, syncRuns } from '../tracking/mlflow/sync.ts';
import { trackingClient } from '../tracking/open.ts';
import { createCommand, run } from './command-line/command.ts';
import { reporter, steps } from './command-line/progress.ts';

async function syncExperiments(root: string): Promise<void> {
  const client = trackingClient(process.env);
  if (!client)
    throw new UserError(
      'MLFLOW_TRACKING_URI is not set: expected the address of an MLflow server, such as http://127.0.0.1:5000',
    );
  const context = await steps<{ synced: Synced }>([
    {
      title: `Send the runs to ${client.address}`,
      task: async (context, task) => {
        context.synced = await syncRuns(client, root, reporter(task));
        task.title += `: something new of ${context.synced.sent} of ${context.synced.runs} runs`;
      },
    },
  ]).run({} as { synced: Synced });
  const { failures, untried } = context.synced;
  if (failures.length === 0) return;
  const lines = failures.slice(0, mostListed).map(({ folder, error }) => `${folder}: ${error.message}`);
  throw new UserError(
    `${client.address} has not got everything of ${failures.length + untried} runs; once that is mended, make sync-experiments sends the rest:\n${lines.join('\n')}`,
  );
}

const program = createCommand(
  'sync-experiments',
  'Sends the runs of experiments to the MLflow server that MLFLOW_TRACKING_URI names, as far as it does not have them yet.',
)
  .option('--runs <folder>', 'the folder of the runs', defaultRuns)
  .action(({ runs }: { runs: string }) => syncExperiments(runs));

await run(program);
