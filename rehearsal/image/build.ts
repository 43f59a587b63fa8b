import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { cacheFolder } from '../../common/cache-folder.ts';
import { UserError } from '../../common/errors.ts';
import { lastLines } from '../../common/last-lines.ts';
import { buildOnce } from '../build-once.ts';
import { buildParameters, recipe, recipeDigest } from './recipe.ts';

const imageName = `debian-12-${recipeDigest}`;

/** The path of the base image's root file system, which may not exist yet. */
export function imageFolder(): string {
  return join(cacheFolder(), imageName);
}

/** Builds the base image if it does not exist: a root file system of Debian 12, about 20 s and 400 MB. */
export function ensureImage(report: (line: string) => void): Promise<string> {
  return buildOnce(imageName, (draft) => build(draft, report));
}

// `report` receives mmdebstrap's output, line by line.
async function build(draft: string, report: (line: string) => void): Promise<void> {
  const overlay = `${draft}-overlay`;
  await writeOverlay(overlay);
  const log = join(cacheFolder(), 'image.log');
  const building = execa('mmdebstrap', buildParameters(draft, overlay), {
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
  throw new UserError(
    `The base image could not be built: mmdebstrap ended with ${exitCode}. Its whole output: ${log}\n${lastLines(all, 5)}`,
  );
}

// mmdebstrap marks its messages with `I: ` and prints whole commands for its hooks.
function readable(line: string): string {
  return line.replace(/^I: /, '').replace(/^running --customize-hook .*/s, 'customizing');
}

async function writeOverlay(overlay: string): Promise<void> {
  for (const [path, content] of Object.entries(recipe.files)) {
    await mkdir(dirname(join(overlay, path)), { recursive: true });
    await writeFile(join(overlay, path), content);
  }
}
