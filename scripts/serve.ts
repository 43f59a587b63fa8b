import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runService } from '../app/life/run.ts';
import { localhostCertificate } from '../common/certificate.ts';
import { defaultArtifact } from '../common/paths.ts';
import { formatPercent } from '../common/percent.ts';
import { modelSettings } from '../model/settings.ts';
import { trainArtifact } from '../model/training/train-artifact.ts';
import { createCommand, leaveSignals, run } from './command-line/command.ts';
import { readableOutput } from './command-line/readable-output.ts';

const program = createCommand('serve', 'Run the service alone on this machine, with a self-signed certificate.')
  .addHelpText('after', '\nSettings are environment variables; docs/service.md lists them all.')
  .action(serve);

await run(program);

async function serve(): Promise<void> {
  const artifact = process.env.ARTIFACT || defaultArtifact;
  if (!existsSync(artifact)) await train(artifact);
  const tls = await certificate();
  const { PORT, SAMPLES } = process.env;
  // Who runs it has the texts anyway.
  const environment = { ...process.env, ARTIFACT: artifact, PORT: PORT || '8443', SAMPLES: SAMPLES || 'yes', ...tls };
  leaveSignals();
  const service = await runService(environment, {
    onFailure: (error) => {
      throw error;
    },
    output: process.stdout.isTTY ? readableOutput(process.stdout) : process.stdout,
  });
  // The service reloads at SIGHUP; here it means that the terminal was closed.
  process.removeAllListeners('SIGHUP').on('SIGHUP', () => process.emit('SIGTERM', 'SIGTERM'));
  showExample(`https://localhost:${service.address.port}`, tls.TLS_CERTIFICATE);
}

// All messages go to the error output: the standard output is the log.
async function train(folder: string): Promise<void> {
  process.stderr.write(`There is no model in ${folder}; training one from model/data …\n`);
  const { manifest } = await trainArtifact(modelSettings.parse({}), folder);
  const { accuracy, examples } = manifest.metrics;
  process.stderr.write(`Accuracy: ${formatPercent(accuracy)} on ${examples} held-out texts.\n`);
}

// One of the two alone is an error, which the service's settings name.
async function certificate(): Promise<{ TLS_CERTIFICATE: string; TLS_KEY: string }> {
  const { TLS_CERTIFICATE = '', TLS_KEY = '' } = process.env;
  if (TLS_CERTIFICATE || TLS_KEY) return { TLS_CERTIFICATE, TLS_KEY };
  const files = await localhostCertificate(join('build', 'serve'));
  return { TLS_CERTIFICATE: files.certificate, TLS_KEY: files.key };
}

function showExample(url: string, certificatePath: string): void {
  const example = '-H \'Content-Type: application/json\' -d \'{"text": "How to reset password?"}\'';
  process.stderr.write(
    `\nServing at ${url}; Ctrl-C stops it. Try:\n  curl --cacert ${certificatePath} ${url}/predict ${example}\n\n`,
  );
}
