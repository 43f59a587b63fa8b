import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { hostPath } from '../../common/host-path.ts';
import type { Place } from '../../rehearsal/place.ts';

/** Returns what the rehearsal at `place`, of the checkout in `folder`, has on this machine: `mount: …`, `process: …`. */
export async function tracesOf(folder: string, place: Place): Promise<string[]> {
  const matching = async (pattern: RegExp, program: string, ...parameters: string[]) =>
    (await lines(program, parameters)).filter((line) => pattern.test(line));
  const found = {
    process: await processesNaming(folder, place),
    mount: await matching(new RegExp(`${folder}|/run/machines`), 'cat', '/proc/self/mounts'),
    link: await matching(/^(vpc|vi-|v[0-9a-f])/, 'ip', '-brief', 'link'),
    'network namespace': await matching(/^i-/, 'ip', 'netns', 'list'),
    table: await matching(/ vpc$/, 'nft', 'list', 'tables'),
    'control group': await cgroupsNamed(place.cgroup),
    listener: await matching(new RegExp(`127\\.0\\.0\\.1:(${Object.values(place.ports).join('|')})\\s`), 'ss', '-Hltn'),
  };
  return Object.entries(found).flatMap(([kind, names]) => names.map((name) => `${kind}: ${name}`));
}

async function lines(program: string, parameters: string[]): Promise<string[]> {
  const env = { PATH: hostPath() };
  const { stdout } = await execa(program, parameters, { reject: false, stdin: 'ignore', env });
  return String(stdout ?? '')
    .split('\n')
    .filter(Boolean);
}

// A rehearsal's processes have the checkout in their arguments or environment, in whatever namespace they run.
async function processesNaming(folder: string, place: Place): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const found = await Promise.all(pids.map((pid) => commandLine(pid, folder, place)));
  return found.filter((line) => line !== undefined).sort();
}

async function commandLine(pid: string, folder: string, place: Place): Promise<string | undefined> {
  const read = (name: string) => readFile(join('/proc', pid, name), 'utf8').catch(() => '');
  const [command, environment] = await Promise.all([read('cmdline'), read('environ')]);
  const isNamed = environment.includes(`"folder":"${place.folder}"`) || environment.includes(`=${place.folder}/`);
  if (!command.includes(folder) && !isNamed) return undefined;
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
