import { z } from 'zod';
import type { MlflowClient } from './client.ts';
import { MlflowError } from './error.ts';

const found = z.object({ experiment: z.object({ experiment_id: z.string() }) });
const made = z.object({ experiment_id: z.string() });

// Without it, MLflow shows the experiment as one of generative AI.
const tags = [{ key: 'mlflow.experimentKind', value: 'custom_model_development' }];

/** Returns the id of the experiment with a name, which is made where there is none. */
export async function ensureExperiment(client: MlflowClient, name: string): Promise<string> {
  const id = await findExperiment(client, name);
  if (id !== undefined) return id;
  try {
    return (await client.post('experiments/create', { name, tags }, made)).experiment_id;
  } catch (error) {
    if (!(error instanceof MlflowError) || error.code !== 'RESOURCE_ALREADY_EXISTS') throw error;
    // Another program has made it meanwhile, or this one, and the answer was lost.
    const other = await findExperiment(client, name);
    if (other === undefined) throw error;
    return other;
  }
}

async function findExperiment(client: MlflowClient, name: string): Promise<string | undefined> {
  try {
    const { experiment } = await client.get('experiments/get-by-name', { experiment_name: name }, found);
    return experiment.experiment_id;
  } catch (error) {
    if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return undefined;
    throw error;
  }
}
