import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { cacheFolder, moveIntoPlace } from '../../common/cache-folder.ts';
import { lastLines } from '../../common/last-lines.ts';
import { identify } from '../../common/processes.ts';
import { buildParameters, recipe, recipeDigest } from './recipe.ts';

/** Where the base image's root file system is, built or not. */
export function imageFolder(): string {
  return join(cacheFolder(), `debian-12-${recipeDigest}`);
}

function imageIsBuilt(): boolean {
  return existsSync(imageFolder());
}

/**
 * Builds the base image unless it is there: a Debian 12 root file system, about 20 s and 400 MB.
 * It is built beside its place and moved there when whole; `report` gets what is being done.
 */
export async function ensureImage(report: (line: string) => void): Promise<string> {
  const folder = imageFolder();
  if (imageIsBuilt()) return folder;
  await mkdir(dirname(folder), { recursive: true });
  await sweep(dirname(folder));
  const workshop = await mkdtemp(join(dirname(folder), `${workshopPrefix}${process.pid}-`));
  try {
    await build(workshop, report);
    // Another checkout may have built it meanwhile.
    if (!imageIsBuilt()) await moveIntoPlace(join(workshop, 'root'), folder);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return folder;
}

const workshopPrefix = '.building-';

// What a build that was killed left: its name tells whose it was.
async function sweep(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = name.startsWith(workshopPrefix) ? Number.parseInt(name.slice(workshopPrefix.length), 10) : undefined;
    if (pid && !identify(pid)) await rm(join(cache, name), { recursive: true, force: true });
  }
}

async function build(workshop: string, report: (line: string) => void): Promise<void> {
  const overlay = join(workshop, 'overlay');
  await writeOverlay(overlay);
  const log = join(cacheFolder(), 'image.log');
  const building = execa('mmdebstrap', buildParameters(join(workshop, 'root'), overlay), {
    stdin: 'ignore',
    all: true,
    reject: false,
    buffer: { all: true },
    cleanup: true,
  });
  building.all.pipe(createWriteStream(log));
  for await (const line of building.iterable({ from: 'all' })) report(readable(String(line)));
  const { exitCode, all } = await building;
  if (exitCode === 0) return;
  throw new Error(
    `The base image could not be built (mmdebstrap ended with ${exitCode}); all of it: ${log}\n${lastLines(all, 5)}`,
  );
}

// mmdebstrap marks what it does with I:, and tells its hooks with the whole command.
function readable(line: string): string {
  return line.replace(/^I: /, '').replace(/^running --customize-hook .*/s, 'customizing');
}

async function writeOverlay(overlay: string): Promise<void> {
  for (const [path, content] of Object.entries(recipe.files)) {
    await mkdir(dirname(join(overlay, path)), { recursive: true });
    await writeFile(join(overlay, path), content);
  }
}
