import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ListrTask } from 'listr2';
import { UserError } from '../common/errors.ts';
import { shellWord } from '../common/shell-word.ts';
import { bestSettings } from '../experiments/best-settings.ts';
import { bestOf, Experiment, type ExperimentProps, type Progress } from '../experiments/experiment.ts';
import { defaultGrid, foldsOf, readGrid } from '../experiments/grid.ts';
import { experimentPage } from '../experiments/report/page.ts';
import { ranked, type Tried } from '../experiments/tried.ts';
import { loadDatasets } from '../model/datasets/load.ts';
import { registryName } from '../model/model-reference.ts';
import { runFile, type Tracker } from '../tracking/tracker.ts';
import { run, untilInterrupted, withStage } from './command-line/command.ts';
import { candidatesTable, experimentLine } from './command-line/experiment-text.ts';
import { dataCommand, dataVariables, settingsFrom } from './command-line/model-options.ts';
import { reporter, steps } from './command-line/progress.ts';
import { type ExperimentWork, openExperimentRun } from './steps/experiment-run.ts';
import { holdExperiment } from './steps/hold.ts';
import { codeOf, withTracker } from './steps/tracking.ts';

const files = { page: 'report.html', settings: 'best.yaml' };

interface Context {
  grid: Tried[];
  variations: Tried[];
  curves: Tried[];
}

/** Measures the candidates of a grid; tells which one is the best, keeps a page, and returns the file with its settings. */
async function experiment(work: ExperimentWork, tracker: Tracker, signal: AbortSignal): Promise<string> {
  const { settings, grid, train } = work;
  const code = await codeOf('experiment');
  const { run, began } = await openExperimentRun(tracker, code, work);
  if (began !== undefined) console.log(`goes on with the experiment that began at ${began}`);
  const props = { train, settings, grid, tracker, run, code, threads: availableParallelism(), signal };
  const { grid: tried, variations, curves } = await measure(props);
  const candidates = ranked([...tried, ...variations]);
  console.log(candidatesTable(candidates));
  const best = bestOf(candidates);
  if (!best) {
    const reason = whyNone(candidates);
    await run.end('failed', reason);
    throw new UserError(reason);
  }
  const settingsOfBest = bestSettings(best.candidate);
  const folds = foldsOf(grid, train.examples.length);
  await run.keep(files.page, experimentPage({ train, folds, grid: tried, variations, curves, best: settingsOfBest }));
  await run.keep(files.settings, settingsOfBest);
  if (best.score) await run.log({ accuracy: best.score.accuracy, candidates: candidates.length });
  await run.end('finished');
  console.log(`\nThe page: ${pathToFileURL(runFile(run.folder, files.page)).href}`);
  return runFile(run.folder, files.settings);
}

function whyNone(candidates: readonly Tried[]): string {
  const stopped = candidates.filter(({ end }) => end.outcome === 'stopped').length;
  const none = `none of ${candidates.length} candidates has finished`;
  if (stopped > 0) return `${none}, and ${stopped} needed more time: give the grid more minutes`;
  const [reason] = candidates.flatMap(({ end }) => ('reason' in end ? end.reason : []));
  return `${none}; the first was refused: ${reason}`;
}

async function measure(props: ExperimentProps): Promise<Context> {
  const experiment = await Experiment.open(props);
  const step = (title: string, key: keyof Context, work: (report: (progress: Progress) => void) => Promise<Tried[]>) =>
    ({
      title,
      task: async (context, task) => {
        const report = reporter(task);
        context[key] = await work((progress) => report(experimentLine(progress)));
      },
    }) satisfies ListrTask<Context>;
  return steps<Context>([
    step('Measure the grid', 'grid', (report) => experiment.measureGrid(report)),
    step('Vary the best', 'variations', (report) => experiment.measureVariations(report)),
    step('Measure learning curves', 'curves', (report) => experiment.measureCurves(report)),
  ]).run({ grid: [], variations: [], curves: [] });
}

const program = dataCommand(
  'experiment',
  'Measures ways to learn by cross-validation on the training texts, and finds the best. STAGE=<name> chooses the stage. An experiment that was interrupted goes on where it stopped.',
)
  .option('--grid <file>', 'the candidates, in YAML', defaultGrid)
  .action(async ({ grid, ...options }) => {
    const settings = await settingsFrom(options);
    const candidates = await readGrid(grid);
    const { train } = await loadDatasets(settings);
    const work = { settings, grid: candidates, train };
    const best = await holdExperiment(registryName(settings), () => {
      const signal = untilInterrupted('interrupted; the same command goes on from here');
      return withTracker(settings, (tracker) => experiment(work, tracker, signal));
    });
    console.log(
      withStage(`Train the best with: make train SETTINGS=${shellWord(relative('', best))}${dataVariables(options)}`),
    );
  });

await run(program);
