import type { Dataset } from '../model/datasets/example.ts';
import type { ModelSettings } from '../model/settings.ts';
import type { RunDescription, Run as TrackedRun, Tracker } from '../tracking/tracker.ts';
import { Budget } from './budget.ts';
import { type Candidate, gridCandidates, parametersOf, settingsOf } from './candidate.ts';
import type { Part, PartResult } from './cross-validate.ts';
import { foldsOf, type Grid } from './grid.ts';
import { figuresOf, type MeasuredRun, recordsOf } from './records.ts';
import { searchCandidates } from './search.ts';
import { measureInThread, type ThreadEnd } from './thread.ts';
import { type Ranked, ranked, scoreOf, type Tried, type TriedEnd } from './tried.ts';

/** The phases of an experiment, by their place in the budget. */
const phases = { grid: 0, variations: 1, curves: 2 } as const;

/** How many of the best candidates get a learning curve, and the shares of the training texts of its points but the last. */
const curveCount = 3;
const curveShares = [0.1, 0.2, 0.4, 0.7];

export interface ExperimentProps {
  readonly train: Dataset;
  /** Of the stage. */
  readonly settings: ModelSettings;
  readonly grid: Grid;
  readonly tracker: Tracker;
  /** The run of the whole experiment. */
  readonly run: TrackedRun;
  readonly code: RunDescription['code'];
  readonly threads: number;
  readonly signal: AbortSignal;
}

/** How far an experiment has come. */
export interface Progress {
  readonly done: number;
  readonly planned: number;
  /** The best candidate so far. */
  readonly best: Ranked | undefined;
  /** An estimate, at most what is left of the time. */
  readonly secondsLeft: number;
}

type Report = (progress: Progress) => void;
type Phase = keyof typeof phases;

/** One measurement of an experiment: a candidate over all folds, or its learning curve. */
interface Measurement {
  readonly phase: Phase;
  readonly key: string;
  readonly name: string;
  readonly candidate: Candidate;
  readonly parts: readonly Part[];
}

/**
 * Measures candidates by cross-validation, several at a time, each in a thread of its own: those of the grid, then variations of the best,
 * then learning curves. Each result is kept in a run, so that an experiment that was killed goes on where it stopped.
 */
export class Experiment {
  readonly #props: ExperimentProps;
  readonly #folds: number;
  readonly #budget: Budget;
  readonly #records: ReadonlyMap<string, MeasuredRun>;
  readonly #began = Date.now();
  readonly #failed = new AbortController();
  readonly #tried: Tried[] = [];
  #measured = 0;
  /** The number of measurements that are not over. */
  #unfinished: number;

  private constructor(props: ExperimentProps, records: ReadonlyMap<string, MeasuredRun>) {
    const { grid, train, threads } = props;
    this.#props = props;
    this.#records = records;
    this.#folds = foldsOf(grid, train.examples.length);
    const counts = [gridCandidates(grid).length, grid.search?.candidates ?? 0, curveCount];
    this.#budget = new Budget({ seconds: grid.minutes * 60, threads, phases: counts });
    this.#unfinished = counts.reduce((sum, count) => sum + count, 0);
  }

  /** Reads what an experiment that was killed has measured. */
  static async open(props: ExperimentProps): Promise<Experiment> {
    return new Experiment(props, recordsOf(await props.tracker.runs(), props.run.id));
  }

  /** Measures the candidates of the grid. */
  measureGrid(report: Report): Promise<Tried[]> {
    return this.#tryAll('grid', gridCandidates(this.#props.grid), report);
  }

  /** Measures variations of the best candidate. */
  async measureVariations(report: Report): Promise<Tried[]> {
    const { grid, settings } = this.#props;
    const best = bestOf(this.#tried)?.candidate;
    if (!grid.search) return [];
    const known = this.#tried.map(({ candidate }) => candidate);
    const variations = best ? searchCandidates(best, grid.search, known, settings.seed) : [];
    this.#leaveOut('variations', grid.search.candidates - variations.length);
    return this.#tryAll('variations', variations, report);
  }

  /** Measures learning curves of the best candidates, the best first; their last points are those of the first fold. */
  async measureCurves(report: Report): Promise<Tried[]> {
    const best = ranked(this.#tried)
      .filter(({ end }) => end.outcome === 'finished')
      .slice(0, curveCount);
    this.#leaveOut('curves', curveCount - best.length);
    const curves = await this.#measureAll(
      best.map(({ candidate }) => ({
        phase: 'curves',
        key: `curve ${candidate.id}`,
        name: `learning curve: ${candidate.name}`,
        candidate,
        parts: curveShares.map((share) => ({ fold: 0, share })),
      })),
      report,
    );
    return best.flatMap(({ candidate, results }) => {
      const curve = curves.find((one) => one.candidate.id === candidate.id);
      const last = results.filter(({ fold }) => fold === 0);
      const points = [...(curve?.results ?? []), ...last].sort((one, other) => one.learned - other.learned);
      return curve ? { ...curve, results: points } : [];
    });
  }

  #leaveOut(phase: Phase, count: number): void {
    this.#budget.leaveOut(phases[phase], count);
    this.#unfinished -= count;
  }

  async #tryAll(phase: Phase, candidates: readonly Candidate[], report: Report): Promise<Tried[]> {
    const parts = Array.from({ length: this.#folds }, (_, fold) => ({ fold, share: 1 }));
    const measurements = candidates.map((candidate) => ({
      ...{ phase, key: candidate.id, name: candidate.name, candidate, parts },
    }));
    return this.#measureAll(measurements, report, (tried) => this.#tried.push(tried));
  }

  async #measureAll(
    measurements: readonly Measurement[],
    report: Report,
    onMeasured?: (tried: Tried) => void,
  ): Promise<Tried[]> {
    const queue = [...measurements];
    const measured: Tried[] = [];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const tried = await this.#measure(next);
        measured.push(tried);
        onMeasured?.(tried);
        this.#measured += 1;
        this.#unfinished -= 1;
        report(this.#progress());
      }
    };
    report(this.#progress());
    const stopOthers = (error: unknown): never => {
      this.#failed.abort(error);
      throw error;
    };
    await Promise.all(Array.from({ length: this.#props.threads }, () => work().catch(stopOthers)));
    return measured;
  }

  async #measure({ phase, key, name, candidate, parts }: Measurement): Promise<Tried> {
    const record = this.#records.get(key);
    const results = [...(record?.results ?? [])];
    if (record) this.#budget.spend(record.seconds);
    if (record?.end) {
      this.#budget.leaveOut(phases[phase], 1);
      return { candidate, results, end: record.end };
    }
    const seconds = this.#budget.take(phases[phase]);
    const began = Date.now();
    const run = record ? await this.#props.tracker.reopen(record.id) : await this.#begin(key, name, candidate);
    const missing = parts.filter(({ fold, share }) => !results.some((one) => one.fold === fold && one.share === share));
    const onResult = async (result: PartResult): Promise<void> => {
      await run.log(figuresOf(result), result.share === 1 ? result.fold : result.learned);
      results.push(result);
    };
    const ended = describeEnd(
      await this.#inThread(candidate, missing, seconds, onResult),
      results.length,
      parts.length,
    );
    await run.log({ seconds: (record?.seconds ?? 0) + (Date.now() - began) / 1000 });
    await run.end(outcomes[ended.outcome], 'reason' in ended ? ended.reason : undefined);
    return { candidate, results, end: ended };
  }

  async #inThread(
    candidate: Candidate,
    parts: readonly Part[],
    seconds: number,
    onResult: (result: PartResult) => Promise<void>,
  ): Promise<End> {
    const { train, settings, signal } = this.#props;
    const start = { train, settings: settingsOf(settings, candidate), folds: this.#folds, parts };
    const end = await measureInThread(start, seconds, onResult, AbortSignal.any([signal, this.#failed.signal]));
    return { ...end, seconds };
  }

  #begin(measurement: string, name: string, candidate: Candidate): Promise<TrackedRun> {
    const { tracker, run, code } = this.#props;
    const parameters = { measurement, candidate: candidate.id, ...parametersOf(candidate) };
    return tracker.start({ name, parent: run.id, code, parameters, inputs: [] });
  }

  #progress(): Progress {
    const longest = this.#budget.seconds;
    const each = (Date.now() - this.#began) / 1000 / this.#measured;
    return {
      done: this.#measured,
      planned: this.#measured + this.#unfinished,
      best: bestOf(this.#tried),
      secondsLeft: this.#measured === 0 ? longest : Math.min(longest, each * this.#unfinished),
    };
  }
}

const outcomes = { finished: 'finished', stopped: 'killed', refused: 'failed' } as const;

/** Returns the best candidate that has finished. */
export function bestOf(tried: readonly Tried[]): Ranked | undefined {
  const [first] = ranked(tried);
  return first?.end.outcome === 'finished' && scoreOf(first.results) ? first : undefined;
}

type End = ThreadEnd & { seconds: number };

function describeEnd(end: End, done: number, planned: number): TriedEnd {
  if (end.outcome === 'finished') return { outcome: 'finished' };
  if (end.outcome === 'refused') return { outcome: 'refused', reason: end.reason };
  const reason = `stopped after ${Math.round(end.seconds)} s, its share of the time, with ${done} of ${planned} parts`;
  return { outcome: 'stopped', reason };
}
