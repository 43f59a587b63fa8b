import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../common/unless-missing.ts';
import { writeFileWhole } from '../common/write-file.ts';
import type { RunEvent, RunOutcome, RunStart } from './run-event.ts';
import { appendEvent, type RunEvents, readRun, removeTornLine } from './run-file.ts';

/** The name of the file of a run in its folder. */
export const eventsFile = 'events.jsonl';
const filesFolder = 'files';

/** What is known of a run when it begins. */
export type RunDescription = Pick<RunStart, 'name' | 'parent' | 'code' | 'parameters' | 'inputs'>;

/** A run in its folder. */
export interface StoredRun {
  /** The folder of the run. */
  folder: string;
  events: RunEvents;
}

/** Called after each event that was stored, with the folder of its run. */
export type OnEvent = (folder: string) => void;

/** The runs of one experiment in a folder, a folder each: what was tried, with which data, and how good it was. */
export class Tracker {
  readonly #folder: string;
  readonly #onEvent: OnEvent;

  /** `folder` is that of the experiment. */
  constructor(folder: string, onEvent: OnEvent = () => {}) {
    this.#folder = folder;
    this.#onEvent = onEvent;
  }

  /** Begins a run. */
  async start(description: RunDescription, now = new Date()): Promise<Run> {
    const id = runId(now);
    const folder = join(this.#folder, id);
    await mkdir(folder, { recursive: true });
    const run = new Run(folder, id, this.#onEvent);
    await run.append({ event: 'started', format: 1, at: now.toISOString(), id, ...description });
    return run;
  }

  /** Goes on with a run whose program was killed. */
  async reopen(id: string): Promise<Run> {
    const folder = join(this.#folder, id);
    await removeTornLine(join(folder, eventsFile));
    return new Run(folder, id, this.#onEvent);
  }

  /** Returns all runs, the oldest first. */
  async runs(): Promise<StoredRun[]> {
    return readRuns(this.#folder);
  }
}

/** Returns the runs in the folder of an experiment, the oldest first. */
export async function readRuns(folder: string): Promise<StoredRun[]> {
  const runs = await Promise.all((await foldersIn(folder)).map(storedRun));
  return runs.filter((run) => run !== undefined).sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

/** Returns the paths of the folders in a folder, sorted by their names; none where it does not exist. */
export async function foldersIn(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(unlessMissing)) ?? [];
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.sort().map((name) => join(folder, name));
}

/** Returns the path of a file of a run. */
export function runFile(folder: string, path: string): string {
  return join(folder, filesFolder, path);
}

function placeOf({ events: [{ at, id }] }: StoredRun): string {
  return `${at} ${id}`;
}

// A program that was killed before its first line has begun no run.
async function storedRun(folder: string): Promise<StoredRun | undefined> {
  const events = await readRun(join(folder, eventsFile)).catch(unlessMissing);
  return events && { folder, events };
}

function runId(now: Date): string {
  const moment = now
    .toISOString()
    .replaceAll(/[-:]|\..*/g, '')
    .toLowerCase();
  return `${moment}-${randomBytes(4).toString('hex')}`;
}

/** A run that is under way. Its events are on disk before a call returns. */
export class Run {
  readonly id: string;
  readonly folder: string;
  readonly #onEvent: OnEvent;

  constructor(folder: string, id: string, onEvent: OnEvent) {
    this.folder = folder;
    this.id = id;
    this.#onEvent = onEvent;
  }

  /** Keeps figures; `step` is what they belong to. */
  log(metrics: Record<string, number>, step = 0, now = new Date()): Promise<void> {
    return this.append({ event: 'metrics', at: now.toISOString(), step, metrics });
  }

  /** Keeps a file. */
  async keep(path: string, content: string | Buffer, now = new Date()): Promise<void> {
    await writeFileWhole(runFile(this.folder, path), content);
    await this.append({ event: 'file', at: now.toISOString(), path });
  }

  /** Keeps the digest of the artifact that it has made. */
  made(artifact: string, now = new Date()): Promise<void> {
    return this.append({ event: 'trained', at: now.toISOString(), artifact });
  }

  /** Ends the run. */
  end(outcome: RunOutcome, reason?: string, now = new Date()): Promise<void> {
    return this.append({ event: 'ended', at: now.toISOString(), outcome, ...(reason !== undefined && { reason }) });
  }

  /** Appends an event. */
  async append(event: RunEvent): Promise<void> {
    await appendEvent(join(this.folder, eventsFile), event);
    this.#onEvent(this.folder);
  }
}
