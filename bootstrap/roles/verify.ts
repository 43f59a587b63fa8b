import { paths, servingMarker } from '../paths.ts';
import type { Example, ReleaseOnDisk, ServiceManifest } from '../release.ts';
import { directory } from '../tasks/directory.ts';
import { file } from '../tasks/file.ts';
import { surplusFiles } from '../tasks/surplus-files.ts';
import type { Role, Task } from '../tasks/task.ts';
import { verify } from '../tasks/verify.ts';
import { type Variables, workerPorts, workerUnits } from '../variables.ts';
import { type AskProps, askExamples } from '../verification/ask.ts';
import { type Pause, pause as realPause } from '../verification/pause.ts';
import { planRequests } from '../verification/requests.ts';
import { withoutRestart } from '../verification/restarts.ts';
import { missingSeconds } from '../verification/running-time.ts';
import { certificatePaths } from './certificate.ts';

/** The machine is not healthy until this release is verified on it. */
export function refuseTraffic(release: string): Task[] {
  return [
    directory({ name: 'Make the directory of verified releases', path: paths.serving, mode: 0o755 }),
    surplusFiles({ name: 'Refuse traffic until this release is verified', folder: paths.serving, keep: [release] }),
  ];
}

/** Allows traffic once the service has answered right and has run without a restart. */
export function verifyRole(
  { id, manifest }: ReleaseOnDisk<ServiceManifest>,
  variables: Variables,
  pause: Pause = realPause,
): Role {
  const { minReadySeconds } = variables.fleet;
  const marker = servingMarker(id);
  const units = workerUnits(variables);
  const questions = questionsFor(manifest.examples, variables, pause);
  const ask = (name: string) =>
    verify({
      name,
      marker,
      verification: (machine) => withoutRestart(machine, units, [() => askExamples({ machine, ...questions })]),
      when: () => questions.requests.length > 0,
    });
  return {
    name: 'verify',
    tasks: [
      ask('Ask the service for the examples of the release'),
      verify({
        name: `Let the workers run for ${minReadySeconds} s without a restart`,
        marker,
        verification: async (machine) => {
          const length = await missingSeconds(machine, units, minReadySeconds);
          await withoutRestart(
            machine,
            units,
            Array.from({ length }, () => () => pause(1)),
          );
        },
      }),
      ask('Ask the service once more'),
      file({ name: 'Allow traffic', path: marker, content: `${id}\n`, mode: 0o644 }),
    ],
  };
}

function questionsFor(examples: readonly Example[], variables: Variables, pause: Pause): Omit<AskProps, 'machine'> {
  return {
    url: 'https://127.0.0.1',
    certificate: certificatePaths('proxy').certificate,
    headers: variables.apiKeys && paths.authorization,
    requests: planRequests(examples, variables.nginx.clientMaxBodyKilobytes * 1024),
    workers: workerPorts(variables).map((port) => `127.0.0.1:${port}`),
    pause,
  };
}
