import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { median } from '../../common/median.ts';
import { checksumsFile, manifestFile, weightsFile } from '../../model/artifact/checksums.ts';
import { openArtifact } from '../../model/artifact/open.ts';
import type { Dataset } from '../../model/datasets/example.ts';
import { atMost, type Result } from '../result-table.ts';
import { profileTargets, semanticTargets, targets } from './targets.ts';
import type { Profile } from './training.ts';

/** Time, size and memory of serving an artifact. */
export async function servingResults(profile: Profile, folder: string, test: Dataset): Promise<Result[]> {
  const time = await medianMicroseconds(folder, test);
  const { milliseconds, megabytes } = await costOfOpening(folder);
  const size = await megabytesOnDisk(folder);
  const { microseconds } = profileTargets[profile];
  const prediction = atMost(`${profile}: one prediction at 150 labels, median`, time, microseconds, ' us', 1);
  if (profile === 'semantic') {
    return [
      prediction,
      atMost('semantic: artifact at 150 labels', size, semanticTargets.artifactMegabytes, ' MB', 2),
      atMost('semantic: resident memory it adds', megabytes, semanticTargets.memoryMegabytes, ' MB', 1),
      { what: 'semantic: opened in', measured: `${milliseconds.toFixed(1)} ms` },
    ];
  }
  if (profile === 'accurate') {
    const measured = `${size.toFixed(2)} MB, ${megabytes.toFixed(1)} MB, ${milliseconds.toFixed(1)} ms`;
    return [prediction, { what: 'accurate: artifact, memory, opening', measured }];
  }
  return [
    prediction,
    atMost('default: artifact at 150 labels', size, targets.artifactMegabytes, ' MB', 2),
    atMost('default: resident memory it adds', megabytes, targets.memoryMegabytes, ' MB', 1),
    atMost('default: opened in', milliseconds, targets.openingMilliseconds, ' ms', 1),
  ];
}

// Times each test text alone, after one round to warm up.
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
  const files = [manifestFile, weightsFile, checksumsFile].map((file) => stat(join(folder, file)));
  return (await Promise.all(files)).reduce((sum, { size }) => sum + size, 0) / 1e6;
}

interface Cost {
  milliseconds: number;
  megabytes: number;
}

const openings = 5;

// Medians of several openings, because another process on the machine can slow one down.
async function costOfOpening(folder: string): Promise<Cost> {
  const costs: Cost[] = [];
  for (let round = 0; round < openings; round += 1) costs.push(await openOnce(folder));
  return {
    milliseconds: median(costs.map(({ milliseconds }) => milliseconds)),
    megabytes: median(costs.map(({ megabytes }) => megabytes)),
  };
}

// Opens the artifact in a new process that has already loaded the code, and measures memory after 2,000 predictions.
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
