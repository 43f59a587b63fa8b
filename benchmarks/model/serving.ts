import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { CHECKSUMS_FILE, MANIFEST_FILE, WEIGHTS_FILE } from '../../model/artifact/checksums.ts';
import { openArtifact } from '../../model/artifact/open.ts';
import type { Dataset } from '../../model/datasets/example.ts';
import { atMost, type Line, stated } from './lines.ts';
import { limits, reaches } from './reaches.ts';
import type { Profile } from './training.ts';

/** Time, size and memory of serving an artifact. */
export async function servingLines(profile: Profile, folder: string, test: Dataset): Promise<Line[]> {
  const time = await medianMicroseconds(folder, test);
  const { milliseconds, megabytes } = await costOfOpening(folder);
  const size = await megabytesOnDisk(folder);
  const lines = [
    atMost(`${profile}: one prediction at 150 labels, median`, time, reaches[profile].microseconds, ' us', 1),
  ];
  if (profile === 'accurate') {
    const costs = [`${size.toFixed(2)} MB`, `${megabytes.toFixed(1)} MB`, `${milliseconds.toFixed(1)} ms`];
    return [...lines, stated('accurate: artifact, memory, opening', costs.join(', '))];
  }
  return [
    ...lines,
    atMost('default: artifact at 150 labels', size, limits.artifactMegabytes, ' MB', 2),
    atMost('default: resident memory it adds', megabytes, limits.memoryMegabytes, ' MB', 1),
    atMost('default: opened in', milliseconds, limits.openingMilliseconds, ' ms', 1),
  ];
}

// Median over the test texts, each alone, after one round to warm up.
async function medianMicroseconds(folder: string, { examples }: Dataset): Promise<number> {
  const { predict } = await openArtifact(folder);
  for (const { text } of examples) predict(text);
  const times = examples.map(({ text }) => {
    const start = process.hrtime.bigint();
    predict(text);
    return Number(process.hrtime.bigint() - start) / 1000;
  });
  return median(times);
}

async function megabytesOnDisk(folder: string): Promise<number> {
  const files = [MANIFEST_FILE, WEIGHTS_FILE, CHECKSUMS_FILE].map((file) => stat(join(folder, file)));
  return (await Promise.all(files)).reduce((sum, { size }) => sum + size, 0) / 1e6;
}

interface Cost {
  milliseconds: number;
  megabytes: number;
}

const OPENINGS = 5;

// Medians of several, since a neighbour on the machine can make one opening slow.
async function costOfOpening(folder: string): Promise<Cost> {
  const costs: Cost[] = [];
  for (let round = 0; round < OPENINGS; round += 1) costs.push(await openOnce(folder));
  return {
    milliseconds: median(costs.map(({ milliseconds }) => milliseconds)),
    megabytes: median(costs.map(({ megabytes }) => megabytes)),
  };
}

const median = (values: number[]): number =>
  values.sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

// In a fresh process that has already loaded the code, as the service has; memory after two thousand answers.
async function openOnce(folder: string): Promise<Cost> {
  const code = `
    const { openArtifact } = await import(${JSON.stringify(new URL('../../model/artifact/open.ts', import.meta.url).href)});
    gc();
    const before = process.memoryUsage.rss();
    const start = performance.now();
    const { predict } = await openArtifact(${JSON.stringify(folder)});
    const milliseconds = performance.now() - start;
    for (let round = 0; round < 2000; round += 1) predict('some text number ' + round);
    gc();
    console.log(JSON.stringify({ milliseconds, megabytes: (process.memoryUsage.rss() - before) / 1e6 }));`;
  const { stdout } = await execa(process.execPath, ['--expose-gc', '--input-type=module', '--eval', code]);
  return JSON.parse(stdout);
}
