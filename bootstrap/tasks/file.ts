import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { type Machine, succeed } from '../machine.ts';
import { type Ownership, own, ownershipDiff } from './ownership.ts';
import { type Change, type Common, common, type Task, type TaskKind } from './task.ts';

export interface FileSettings extends Common, Ownership {
  path: string;
  /** The whole content; without it only the ownership of a file that exists already is looked after. */
  content?: string;
  /** The command that judges a candidate: what it refuses never replaces the file. */
  validate?: (candidate: string) => readonly string[];
}

/** A file with exactly this content, written beside and renamed, so that a reader never sees half of it. */
export function file(settings: FileSettings): Task {
  return fileOfKind('file', settings);
}

/** What `file` and `template` have in common. */
export function fileOfKind(kind: TaskKind, settings: FileSettings): Task {
  return { kind, ...common(settings), plan: (machine) => planFile(machine, settings) };
}

async function planFile(machine: Machine, settings: FileSettings): Promise<Change | undefined> {
  const { path, content } = settings;
  const found = await readFile(machine.path(path), 'utf8').catch(() => undefined);
  const ownership = await ownershipDiff(machine, path, settings);
  if (content === undefined || content === found) return planOwnership(machine, settings, ownership);
  return {
    diff: [patch(path, found ?? '', content), ...ownership].join('\n'),
    apply: async () => {
      await replace(machine, { ...settings, content });
      return undefined;
    },
  };
}

function planOwnership(machine: Machine, settings: FileSettings, lines: string[]): Change | undefined {
  if (lines.length === 0) return undefined;
  const apply = async () => {
    await own(machine, settings.path, settings);
    return undefined;
  };
  return { diff: [settings.path, ...lines].join('\n'), apply };
}

/** The candidate lies in a folder of its own beside the file: some validators go by the file's name. */
async function replace(machine: Machine, settings: FileSettings & { content: string }): Promise<void> {
  const { path, content, validate } = settings;
  await mkdir(machine.path(dirname(path)), { recursive: true });
  const folder = await mkdtemp(machine.path(join(dirname(path), '.candidate-')));
  try {
    const candidate = join(folder, basename(path));
    await writeFile(candidate, content, { mode: 0o600 });
    if (validate) await succeed(machine, validate(candidate));
    await rename(candidate, machine.path(path));
    await own(machine, path, settings);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function patch(path: string, before: string, after: string): string {
  return createTwoFilesPatch(path, path, before, after, 'before', 'after', { context: 2 }).trimEnd();
}
