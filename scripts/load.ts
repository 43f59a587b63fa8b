import pc from 'picocolors';
import { UserError } from '../common/errors.ts';
import { writeFileWhole } from '../common/write-file.ts';
import { endpointOf } from '../deployments/endpoint.ts';
import { loadOptions } from '../load/options.ts';
import { renderPage } from '../load/page.ts';
import { failureOf, shortfallOf } from '../load/problems.ts';
import { type RunProps, runLoad } from '../load/run.ts';
import { terminalTables } from '../load/tables.ts';
import { readTexts } from '../load/texts.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName, untilInterrupted } from './command-line/command.ts';
import { reporter, steps } from './command-line/progress.ts';
import { deployedStage } from './steps/deployed.ts';

const program = createCommand(
  'load',
  'Send requests to the endpoint of a stage and show how it answers. STAGE=<name> chooses the stage.',
)
  .addHelpText(
    'after',
    `
RATE=<number>         requests a second, each sent when it is due (20)
CONNECTIONS=<number>  connections, at most 1000; without RATE each sends its next request after an answer
SECONDS=<number>      how long, at most 3600 (30)
TEXTS=<file>          texts to send: one on each line, or labelled data (.csv, .tsv, .jsonl); without it the model's test texts
API_KEY=<key>         the API key to send, where the stage asks for one; make api-key makes one
REPORT=<file>         writes a page with charts

The status is 1 when a request has failed: without an answer, or with another status than 2xx.`,
  )
  .action(async () => {
    const options = loadOptions(process.env);
    const stage = await loadStage(stageName());
    const texts = await readTexts(options.texts, stage.settings.model);
    const { target, outputs } = await deployedStage(stage);
    const endpoint = endpointOf(target, outputs);
    const startedAt = new Date();
    const signal = untilInterrupted('interrupted; the figures are those until then');
    const { result, unsent } = await withDisplay({ endpoint, texts, options, signal });
    console.log(terminalTables(result));
    const shortfall = shortfallOf(unsent, options.rate, options.connections);
    if (shortfall) console.log(pc.yellow(`! ${shortfall}`));
    if (options.report) {
      const page = renderPage({ result, options, stage: stage.name, url: endpoint.url, startedAt });
      await writeFileWhole(options.report, page);
      console.log(`Written: ${options.report}`);
    }
    if (signal.aborted) throw signal.reason;
    const failure = failureOf(result, stage);
    if (failure) throw new UserError(failure);
  });

async function withDisplay(props: Omit<RunProps, 'report'>): ReturnType<typeof runLoad> {
  const { rate, connections, seconds } = props.options;
  const load = rate === undefined ? `requests on ${connections} connections` : `${rate} requests a second`;
  const { loaded } = await steps<{ loaded: Awaited<ReturnType<typeof runLoad>> }>([
    {
      title: `Send ${load} to ${props.endpoint.url} for ${seconds} s`,
      task: async (context, task) => {
        context.loaded = await runLoad({ ...props, report: reporter(task) });
      },
    },
  ]).run();
  return loaded;
}

await run(program);
