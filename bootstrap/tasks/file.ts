import { basename, dirname, join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { type Machine, succeed } from '../machine/machine.ts';
import { type Ownership, ownershipDiff, setOwnership } from './ownership.ts';
import { type Change, type Task, type TaskOptions, taskOf } from './task.ts';

export interface FileSettings extends TaskOptions, Ownership {
  path: string;
  /** The whole content; without it only the ownership of an existing file is managed. */
  content?: string;
  /** The command that validates a candidate; a candidate that it refuses never replaces the file. */
  validate?: (candidate: string) => readonly string[];
}

/** A file with exactly this content and ownership, replaced by a rename. */
export function file(settings: FileSettings): Task {
  return taskOf('file', settings, (machine) => planFileChange(machine, settings));
}

/** The change that gives a file its content and ownership. */
export async function planFileChange(machine: Machine, settings: FileSettings): Promise<Change | undefined> {
  const { path, content } = settings;
  const found = await machine.files.read(path);
  const ownership = await ownershipDiff(machine.files, path, settings);
  if (content === undefined || content === found) return planOwnership(machine, settings, ownership);
  return {
    diff: [patch(path, found ?? '', content), ...ownership].join('\n'),
    apply: async () => {
      await replace(machine, { ...settings, content });
      return undefined;
    },
  };
}

function planOwnership({ files }: Machine, settings: FileSettings, lines: string[]): Change | undefined {
  if (lines.length === 0) return undefined;
  const apply = async () => {
    await setOwnership(files, settings.path, settings);
    return undefined;
  };
  return { diff: [settings.path, ...lines].join('\n'), apply };
}

// The candidate keeps the file's name in a directory of its own, because some validators depend on the name.
async function replace(machine: Machine, settings: FileSettings & { content: string }): Promise<void> {
  const { path, content, validate } = settings;
  const { files } = machine;
  const folder = await files.makeTemporaryDirectory(join(dirname(path), '.candidate-'));
  try {
    const candidate = join(folder, basename(path));
    await files.write(candidate, content, 0o600);
    if (validate) await succeed(machine, validate(candidate));
    await files.rename(candidate, path);
    await setOwnership(files, path, settings);
  } finally {
    await files.remove(folder);
  }
}

function patch(path: string, before: string, after: string): string {
  return createTwoFilesPatch(path, path, before, after, 'before', 'after', { context: 2 }).trimEnd();
}
