import pRetry from 'p-retry';
import { z } from 'zod';
import type { MlflowClient } from './client.ts';
import { MlflowError } from './error.ts';

/** A label of MLflow's. */
export interface Tag {
  key: string;
  value: string;
}

const runInfo = z.object({ run_id: z.string(), artifact_uri: z.string(), lifecycle_stage: z.string() });
const oneRun = z.object({ run: z.object({ info: runInfo }) });
const manyRuns = z.object({ runs: z.array(oneRun.shape.run).default([]) });
const nothing = z.object({});

/** What MLflow knows of a run itself. */
export type MlflowRun = z.output<typeof runInfo>;

export interface NewRun {
  experiment_id: string;
  run_name: string;
  /** In milliseconds, as all times of MLflow's. */
  start_time: number;
  tags: readonly Tag[];
}

/** Makes a run; the same again would be another one. */
export async function createRun(client: MlflowClient, run: NewRun): Promise<MlflowRun> {
  return (await client.post('runs/create', run, oneRun, { once: true })).run.info;
}

/** Reads a run. */
export async function getRun(client: MlflowClient, id: string): Promise<MlflowRun> {
  return (await client.get('runs/get', { run_id: id }, oneRun)).run.info;
}

/** Tells whether a run was deleted, or is not there. */
export async function isGone(client: MlflowClient, id: string): Promise<boolean> {
  try {
    return (await getRun(client, id)).lifecycle_stage === 'deleted';
  } catch (error) {
    if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return true;
    throw error;
  }
}

/** Finds the runs of an experiment that carry a tag and are not deleted. */
export async function findRuns(client: MlflowClient, experiment: string, { key, value }: Tag): Promise<MlflowRun[]> {
  const query = {
    experiment_ids: [experiment],
    filter: `tags.\`${key}\` = '${value}'`,
    run_view_type: 'ACTIVE_ONLY',
    max_results: 100,
  };
  return (await client.post('runs/search', query, manyRuns)).runs.map(({ info }) => info);
}

/** Deletes a run; it stays in MLflow's trash. */
export async function deleteRun(client: MlflowClient, id: string): Promise<void> {
  await client.post('runs/delete', { run_id: id }, nothing);
}

export interface Metric {
  key: string;
  value: number;
  timestamp: number;
  step: number;
}

/** Figures, parameters and tags of a run: no more of them than MLflow takes with one call. */
export interface Batch {
  metrics?: readonly Metric[];
  params?: readonly Tag[];
  tags?: readonly Tag[];
}

/** Adds a batch to a run. What is there already stays once. */
export async function logBatch(client: MlflowClient, id: string, batch: Batch): Promise<void> {
  await unlessColliding(() => client.post('runs/log-batch', { run_id: id, ...batch }, nothing));
}

/** A data set that a run has read; the tags say what for. */
export interface DatasetInput {
  tags: readonly Tag[];
  dataset: { name: string; digest: string; source_type: string; source: string; profile: string };
}

/** Adds the data sets that a run has read. */
export async function logInputs(client: MlflowClient, id: string, datasets: readonly DatasetInput[]): Promise<void> {
  await unlessColliding(() => client.post('runs/log-inputs', { run_id: id, datasets }, nothing));
}

// Where two calls name a new data set or a new parameter of a run at once, MLflow refuses one of them with this code, and takes it a
// moment later.
const collision = 'BAD_REQUEST';

async function unlessColliding(call: () => Promise<unknown>): Promise<void> {
  await pRetry(call, {
    ...{ retries: 3, minTimeout: 50, randomize: true },
    shouldRetry: ({ error }) => error instanceof MlflowError && error.code === collision,
  });
}

export type RunStatus = 'FINISHED' | 'FAILED' | 'KILLED';

/** Ends a run. */
export async function endRun(client: MlflowClient, id: string, status: RunStatus, endTime: number): Promise<void> {
  await client.post('runs/update', { run_id: id, status, end_time: endTime }, nothing);
}
