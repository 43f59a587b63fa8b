import { isDeepStrictEqual } from 'node:util';
import { sha256 } from '../../common/checksum.ts';
import type { Grid } from '../../experiments/grid.ts';
import { type Dataset, examplesDigest } from '../../model/datasets/example.ts';
import type { ModelSettings } from '../../model/settings.ts';
import { versions } from '../../model/versions.ts';
import type { Run, RunDescription, StoredRun, Tracker } from '../../tracking/tracker.ts';
import { inputOf } from './tracking.ts';

/** What an experiment tries, and the texts that it learns from. */
export interface ExperimentWork {
  settings: ModelSettings;
  grid: Grid;
  train: Dataset;
}

/** The run of an experiment, and when it began where it goes on. */
interface OpenedRun {
  run: Run;
  began: string | undefined;
}

/** Goes on with the run of the same experiment that was interrupted, or begins one. */
export async function openExperimentRun(
  tracker: Tracker,
  code: RunDescription['code'],
  work: ExperimentWork,
): Promise<OpenedRun> {
  const parameters = identityOf(work);
  const before = (await tracker.runs()).findLast((run) => isInterrupted(run, parameters));
  if (before) {
    const [start] = before.events;
    return { run: await tracker.reopen(start.id), began: start.at };
  }
  const inputs = [inputOf('train', work.train)];
  const run = await tracker.start({ name: 'experiment', parent: null, code, parameters, inputs });
  return { run, began: undefined };
}

/** Everything that the results depend on. */
function identityOf({ settings, grid, train }: ExperimentWork): RunDescription['parameters'] {
  const { seed, outOfScopeLabel } = settings;
  const texts = examplesDigest(train.examples);
  return { seed, outOfScopeLabel, texts, grid: sha256(JSON.stringify(grid)), program: versions.intentFleet };
}

function isInterrupted({ events: [start, ...others] }: StoredRun, parameters: RunDescription['parameters']): boolean {
  return isDeepStrictEqual(start.parameters, parameters) && !others.some(({ event }) => event === 'ended');
}
