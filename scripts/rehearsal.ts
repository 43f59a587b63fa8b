import { join, relative } from 'node:path';
import { logOf } from '../rehearsal/place.ts';
import { createCommand, leaveSignals, run } from './command-line/command.ts';
import { reporter } from './command-line/progress.ts';
import { holdPlace } from './steps/hold.ts';
import { type OwnRehearsal, ownPlace, startOwn } from './steps/own-rehearsal.ts';

const program = createCommand(
  'rehearsal',
  'Start a local AWS for any Terraform configuration or tool, and print the variables that lead to it.',
)
  .addHelpText('after', '\nNAME=<name> chooses one of several, AWS_REGION=<region> the region of a new one.')
  .action(async () => {
    leaveSignals();
    const region = process.env.AWS_REGION || 'eu-central-1';
    const place = ownPlace();
    const start = () => startOwn(place, region, reporter(errorOutput, false));
    const rehearsal = await holdPlace(place, 'make rehearsal', start);
    console.error(describe(rehearsal));
    console.log(exportsOf(rehearsal));
  });

// The standard output has the variables alone, for the shell's eval.
const errorOutput = {
  set output(line: string) {
    console.error(line);
  },
};

function exportsOf({ client, region }: OwnRehearsal): string {
  const variables = {
    AWS_ENDPOINT_URL: client.endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: client.accessKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: client.accessKey.secretAccessKey,
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${value}`);
  // Those of the user's own account would take precedence, or be sent here.
  return [...lines, 'unset AWS_PROFILE AWS_SESSION_TOKEN'].join('\n');
}

function describe({ client: { endpoint, place }, region, certificateArn, ports }: OwnRehearsal): string {
  const folder = relative(process.cwd(), place.folder);
  const stop = `make rehearsal-stop${process.env.NAME ? ` NAME=${process.env.NAME}` : ''}`;
  return [
    `AWS in ${region}: ${endpoint}`,
    `Listeners: the first on port 80 is http://localhost:${ports.http}, the first on 443 https://localhost:${ports.https}`,
    `Ports of further listeners, in the order in which they are created: ${ports.others.join(', ')}`,
    `Certificate for HTTPS listeners: ${certificateArn}, authority ${join(folder, 'tls/ca.pem')}`,
    `Consoles of machines: aws ec2 get-console-output --latest --output text --instance-id …; logs: ${relative(process.cwd(), logOf(place))} and ${join(folder, 'machines/')}`,
    `End: ${stop}`,
  ].join('\n');
}

await run(program);
// An interrupted start may still install something.
process.exit();
