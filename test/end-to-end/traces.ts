import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/** What a rehearsal could leave on a machine. */
export interface Traces {
  processes: string[];
  mounts: string[];
  links: string[];
  networkNamespaces: string[];
  tables: string[];
  cgroups: string[];
  listeners: string[];
}

/** Returns what belongs to the checkout in `folder`, whose rehearsal has the id `id`. */
export async function tracesOf(folder: string, id: string): Promise<Traces> {
  const [processes, mounts, links, networkNamespaces, tables, cgroups, listeners] = await Promise.all([
    processesNaming(folder),
    lines('cat', ['/proc/self/mounts']),
    lines('ip', ['-brief', 'link']),
    lines('ip', ['netns', 'list']),
    lines('nft', ['list', 'tables']),
    cgroupsNamed(`intent-fleet-${id}`),
    lines('ss', ['-Hltn']),
  ]);
  return {
    processes,
    mounts: mounts.filter((mount) => mount.includes(folder) || mount.includes('/run/machines')),
    links: links.filter((link) => /^(vpc|vi-|v[0-9a-f])/.test(link)),
    networkNamespaces: networkNamespaces.filter((name) => /^i-/.test(name)),
    tables: tables.filter((table) => table.includes('intent')),
    cgroups,
    listeners: listeners.flatMap((line) => /\s(\S+:\d+)\s/.exec(line)?.[1] ?? []).filter((at) => portsOf(id).has(at)),
  };
}

export const noTraces: Traces = {
  processes: [],
  mounts: [],
  links: [],
  networkNamespaces: [],
  tables: [],
  cgroups: [],
  listeners: [],
};

function portsOf(id: string): Set<string> {
  const first = 20_000 + (Number.parseInt(id, 16) % 4_000) * 3;
  return new Set([first, first + 1, first + 2].map((port) => `127.0.0.1:${port}`));
}

async function lines(program: string, parameters: string[]): Promise<string[]> {
  const { stdout } = await execa(program, parameters, { reject: false, stdin: 'ignore' });
  return String(stdout ?? '')
    .split('\n')
    .filter(Boolean);
}

// A rehearsal's processes have the checkout in their arguments or environment, in whatever namespace they run.
async function processesNaming(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const found = await Promise.all(pids.map((pid) => commandLine(pid, folder)));
  return found.filter((line) => line !== undefined).sort();
}

async function commandLine(pid: string, folder: string): Promise<string | undefined> {
  const read = (name: string) => readFile(join('/proc', pid, name), 'utf8').catch(() => '');
  const [command, environment] = await Promise.all([read('cmdline'), read('environ')]);
  if (!command.includes(folder) && !environment.includes(`"folder":"${folder}/.rehearsal"`)) return undefined;
  return command.replaceAll('\0', ' ').trim();
}

async function cgroupsNamed(name: string): Promise<string[]> {
  const hierarchies = [
    '/sys/fs/cgroup',
    ...(await readdir('/sys/fs/cgroup')).map((entry) => join('/sys/fs/cgroup', entry)),
  ];
  const found = await Promise.all(
    hierarchies.map(async (hierarchy) => {
      const entries = await readdir(hierarchy).catch((): string[] => []);
      return entries.includes(name) ? [join(hierarchy, name)] : [];
    }),
  );
  return found.flat();
}
