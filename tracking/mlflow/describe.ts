import { batchLimits, chunksOf, keyFor, textFor } from '../../mlflow/limits.ts';
import type { DatasetInput, RunStatus, Tag } from '../../mlflow/runs.ts';
import { tagsFrom } from '../../mlflow/tags.ts';
import type { RunInput, RunOutcome, RunStart } from '../run-event.ts';

/** The tag by which a run is found again. */
export const runTag = 'intent-fleet.run';

// The longest that MLflow takes.
const digestCharacters = 36;

/** The tags of a run; `parent` is the id that its parent has in MLflow. */
export function tagsOf({ id, code }: RunStart, experiment: string, parent: string | undefined): Tag[] {
  const { command, intentFleet, commit } = code;
  return tagsFrom({
    [runTag]: id,
    'mlflow.parentRunId': parent,
    'mlflow.source.name': command,
    'mlflow.source.type': 'LOCAL',
    'mlflow.source.git.commit': commit,
    'mlflow.note.content': `${command} of intent-fleet ${intentFleet}; its folder is runs/${experiment}/${id}`,
  });
}

/** The parameters, as many at a time as MLflow takes. */
export function paramsOf({ parameters }: RunStart): Tag[][] {
  const params = Object.entries(parameters).map(([key, value]) => ({
    key: keyFor(key),
    value: textFor('param', String(value)),
  }));
  return chunksOf(params, batchLimits.params);
}

/** Texts that a run has read. The same file may be there twice, as when a share is held out, and MLflow knows a data set by its name and digest. */
export function datasetOf({ role, path, sha256, rows }: RunInput): DatasetInput {
  return {
    tags: [{ key: 'mlflow.data.context', value: role }],
    dataset: {
      name: textFor('name', `${path} (${role})`),
      digest: sha256.slice(0, digestCharacters),
      source_type: 'local',
      source: JSON.stringify({ uri: path }),
      profile: JSON.stringify({ num_rows: rows, sha256 }),
    },
  };
}

export const statusOf: Record<RunOutcome, RunStatus> = { finished: 'FINISHED', failed: 'FAILED', killed: 'KILLED' };
