import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unlessMissing } from '../../common/unless-missing.ts';
import { artifactPath } from '../../mlflow/artifacts.ts';
import type { MlflowClient } from '../../mlflow/client.ts';
import { MlflowError } from '../../mlflow/error.ts';
import { ensureExperiment } from '../../mlflow/experiments.ts';
import { createRun, deleteRun, endRun, findRuns, getRun, isGone, logBatch, logInputs } from '../../mlflow/runs.ts';
import type { RunStart } from '../run-event.ts';
import { type RunEvents, readRun } from '../run-file.ts';
import { eventsFile, runFile } from '../tracker.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { datasetOf, paramsOf, runTag, statusOf, tagsOf } from './describe.ts';
import { plan, type Step } from './plan.ts';

/**
 * Sends what an MLflow server does not have yet of the run in a folder; returns the number of its lines that were sent. What was sent
 * and not noted, because the program was killed or the answer lost, is sent again, which changes nothing.
 */
export async function sendRun(client: MlflowClient, folder: string): Promise<number> {
  const events = await readRun(join(folder, eventsFile)).catch(unlessMissing);
  if (!events) return 0;
  const cursor = (await readCursor(folder, client.address)) ?? (await begin(client, folder, events[0]));
  try {
    return await sendRest(client, folder, events, cursor);
  } catch (error) {
    if (!isRefused(error) || !(await isGone(client, cursor.run))) throw error;
    // Deleted there, or lost with the server's database.
    return sendRest(client, folder, events, await begin(client, folder, events[0]));
  }
}

async function sendRest(client: MlflowClient, folder: string, events: RunEvents, from: Cursor): Promise<number> {
  for (const step of plan(events, from.lines)) {
    await sendStep(client, folder, from.run, step);
    await writeCursor(folder, { ...from, lines: step.lines });
  }
  return events.length - from.lines;
}

async function sendStep(client: MlflowClient, folder: string, run: string, step: Step): Promise<void> {
  switch (step.send) {
    case 'start': {
      const { start } = step;
      for (const params of paramsOf(start)) await logBatch(client, run, { params });
      if (start.inputs.length > 0) await logInputs(client, run, start.inputs.map(datasetOf));
      return;
    }
    case 'metrics':
      return logBatch(client, run, { metrics: step.metrics });
    case 'tags':
      return logBatch(client, run, { tags: step.tags });
    case 'file':
      return sendFile(client, folder, run, step.path);
    case 'end':
      if (step.tags.length > 0) await logBatch(client, run, { tags: step.tags });
      return endRun(client, run, statusOf[step.outcome], step.at);
  }
}

// A file that somebody has removed to have its space keeps the rest of the run from nothing.
async function sendFile(client: MlflowClient, folder: string, run: string, path: string): Promise<void> {
  const content = await readFile(runFile(folder, path)).catch(unlessMissing);
  if (!content) return;
  const { artifact_uri } = await getRun(client, run);
  await client.putFile(artifactPath(client, `${artifact_uri}/${path}`), content);
}

/** Finds the run, or makes it. */
async function begin(client: MlflowClient, folder: string, start: RunStart): Promise<Cursor> {
  const name = basename(dirname(folder));
  const parent = await parentOf(client, folder, start);
  const experiment = await ensureExperiment(client, name);
  const tag = { key: runTag, value: start.id };
  const runs = await findRuns(client, experiment, tag);
  if (runs.length === 0)
    runs.push(
      await createRun(client, {
        experiment_id: experiment,
        run_name: start.name,
        start_time: Date.parse(start.at),
        tags: tagsOf(start, name, parent),
      }),
      ...(await findRuns(client, experiment, tag)),
    );
  const run = await settle(client, runs);
  const cursor = { server: client.address, run, lines: 0 };
  await writeCursor(folder, cursor);
  return cursor;
}

// Two programs that send the same run at once may both have made it; each of them takes the same one.
async function settle(client: MlflowClient, runs: readonly { run_id: string }[]): Promise<string> {
  const [first = '', ...others] = [...new Set(runs.map(({ run_id }) => run_id))].sort();
  for (const other of others)
    await deleteRun(client, other).catch(async (error) => {
      if (!(await isGone(client, other))) throw error;
    });
  return first;
}

/** Returns the id of a run's parent in MLflow, which is sent first; undefined without one. */
async function parentOf(client: MlflowClient, folder: string, { parent }: RunStart): Promise<string | undefined> {
  if (parent === null) return undefined;
  const folderOfParent = join(dirname(folder), parent);
  await sendRun(client, folderOfParent);
  return (await readCursor(folderOfParent, client.address))?.run;
}

function isRefused(error: unknown): boolean {
  return error instanceof MlflowError && !error.isTemporary;
}
