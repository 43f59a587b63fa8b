import { artifactPath } from '../../mlflow/artifacts.ts';
import type { MlflowClient } from '../../mlflow/client.ts';
import { ensureExperiment } from '../../mlflow/experiments.ts';
import { createRun, logBatch, type MlflowRun } from '../../mlflow/runs.ts';
import { tagsFrom } from '../../mlflow/tags.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { artifactFiles } from '../../model/artifact/checksums.ts';
import type { VersionRecord } from '../version-record.ts';
import { sourceOf } from './versions.ts';

/**
 * Makes a run that holds the files of an artifact. Each registration makes its own, so that none writes into the files of another; one
 * that is killed leaves a run that no version is made of.
 */
export async function storeArtifact(
  client: MlflowClient,
  name: string,
  { files }: Artifact,
  record: VersionRecord,
): Promise<MlflowRun> {
  const { artifact, registeredAt, code, parameters, metrics } = record;
  const at = Date.parse(registeredAt);
  const run = await createRun(client, {
    experiment_id: await ensureExperiment(client, `${name}-versions`),
    run_name: artifact,
    start_time: at,
    tags: tagsFrom({ 'mlflow.source.name': 'register', 'mlflow.source.git.commit': code.commit }),
  });
  const { accuracy, calibrationError, examples } = metrics;
  await logBatch(client, run.run_id, {
    params: Object.entries(parameters).map(([key, value]) => ({ key, value: String(value) })),
    metrics: Object.entries({ accuracy, calibrationError, examples }).map(([key, value]) => ({
      ...{ key, value, timestamp: at, step: 0 },
    })),
  });
  const folder = artifactPath(client, sourceOf(run.artifact_uri));
  for (const file of artifactFiles) await client.putFile(`${folder}/${file}`, files[file]);
  return run;
}
