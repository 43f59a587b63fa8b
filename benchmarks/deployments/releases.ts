/** A text that no release is asked before it has traffic. */
export const noExample = 'my neighbour took the parcel in';

/** A change of the code that makes a release of its own. */
export interface ReleaseChange {
  /** The file that is changed, and how. */
  path: string;
  change: (code: string) => string;
}

const predict = 'app/operations/predict.ts';

// Not on this machine, where every release has a trial.
const isMachine = "existsSync('/run/cloud-init')";
const isTraffic = `${isMachine} && String(request.body).includes('${noExample}')`;

/** The code of /predict with a statement before it. */
export function inPredict(statement: string): ReleaseChange['change'] {
  return (code) =>
    `import { existsSync } from 'node:fs';\n${code.replace('const query =', `${statement}\n      const query =`)}`;
}

/** Code at the start of the service that runs on machines alone. */
export function onMachines(statement: string): ReleaseChange['change'] {
  return (code) => `import { existsSync } from 'node:fs';\nif (${isMachine}) {\n  ${statement}\n}\n${code}`;
}

/** Releases that are bad on machines alone, by what they do. */
export const badReleases: Record<string, ReleaseChange> = {
  'ends at its start': {
    path: 'app/main.ts',
    change: onMachines("console.error('out of order'); process.exit(3);"),
  },
  'never healthy': { path: predict, change: inPredict(`if (${isMachine}) throw new Error('out of order');`) },
  'a wrong answer to its track': {
    path: predict,
    change: (code) =>
      code.replace(
        'answerJson(response, 200, { ...prediction,',
        "const wrong = request.headers['x-fleet-track'] ? { intent: 'wrong' } : {};\n      answerJson(response, 200, { ...prediction, ...wrong,",
      ),
  },
  '500 to half of its requests': {
    path: predict,
    change: inPredict(`if (${isTraffic} && Math.random() < 0.5) throw new Error('out of order');`),
  },
  'slow with traffic': {
    path: predict,
    change: inPredict(`if (${isTraffic}) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);`),
  },
  'ends after 20 s with traffic': {
    path: predict,
    change: inPredict(`if (${isTraffic}) setTimeout(() => process.exit(4), 20_000);`),
  },
  'leaks until it is killed': {
    path: predict,
    change: (code) =>
      `const leaked: Buffer[] = [];\n${inPredict(`if (${isTraffic}) leaked.push(Buffer.alloc(8_000_000, 1));`)(code)}`,
  },
};

/** A release like the one that serves, with another archive; a comment would not get into it. */
export function goodRelease(number: number): ReleaseChange {
  return { path: 'app/main.ts', change: (code) => `${code}process.env.RELEASE_NUMBER = '${number}';\n` };
}
