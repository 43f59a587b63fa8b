import { chmod, chown, mkdir, mkdtemp, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileWhole } from '../../common/write-file.ts';

/** Numeric owner, group and permission bits of a path. */
export interface Attributes {
  uid: number;
  gid: number;
  mode: number;
}

/** A machine's file system; a path that does not exist reads as undefined. */
export interface MachineFiles {
  read(path: string): Promise<string | undefined>;
  /** Writes a whole file by a rename and makes its directory. */
  write(path: string, content: string, mode: number): Promise<void>;
  attributes(path: string): Promise<Attributes | undefined>;
  setAttributes(path: string, attributes: Attributes): Promise<void>;
  makeDirectory(path: string): Promise<void>;
  /** Makes an empty directory whose path starts with `prefix`, readable by its owner alone, and returns its path. */
  makeTemporaryDirectory(prefix: string): Promise<string>;
  /** Reads where a symbolic link points to; a file that is no link reads as undefined. */
  readLink(path: string): Promise<string | undefined>;
  /** Points a symbolic link to `target` in one step. */
  link(path: string, target: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or a directory tree; does nothing where there is none. */
  remove(path: string): Promise<void>;
}

/** The file system of this machine, or one that is mounted under `root`. */
export function localFiles(root = '/'): MachineFiles {
  const at = (path: string) => join(root, path);
  return {
    read: (path) => unlessMissing(readFile(at(path), 'utf8')).catch((error) => refuse(path, error)),
    write: (path, content, mode) => writeFileWhole(at(path), content, mode),
    attributes: async (path) => {
      const found = await unlessMissing(stat(at(path)));
      return found && { uid: found.uid, gid: found.gid, mode: found.mode & 0o7777 };
    },
    setAttributes: async (path, { uid, gid, mode }) => {
      await chown(at(path), uid, gid);
      await chmod(at(path), mode);
    },
    makeDirectory: async (path) => void (await mkdir(at(path), { recursive: true })),
    makeTemporaryDirectory: async (prefix) => {
      await mkdir(dirname(at(prefix)), { recursive: true });
      return join('/', (await mkdtemp(at(prefix))).slice(at('/').length - 1));
    },
    // EINVAL: a file that is no link.
    readLink: (path) => unlessMissing(readlink(at(path)), 'EINVAL'),
    link: async (path, target) => {
      const next = at(`${path}.next`);
      await mkdir(dirname(next), { recursive: true });
      await rm(next, { force: true });
      await symlink(target, next);
      await rename(next, at(path));
    },
    rename: (from, to) => rename(at(from), at(to)),
    remove: (path) => rm(at(path), { recursive: true, force: true }),
  };
}

async function unlessMissing<T>(reading: Promise<T>, ...codes: string[]): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', ...codes].includes(code)) return undefined;
    throw error;
  }
}

// A failed read does not name the path in its message.
function refuse(path: string, error: Error): never {
  throw new Error(`${path}: ${error.message}`, { cause: error });
}
