import Table from 'cli-table3';
import { UserError } from '../common/errors.ts';
import { defaultArtifact } from '../common/paths.ts';
import { openArtifact } from '../model/artifact/open.ts';
import type { Contribution } from '../model/classifier.ts';
import { command, run } from './command-line/command.ts';

interface Options {
  intent?: string;
  artifact: string;
}

async function explainText(text: string, { intent, artifact }: Options): Promise<void> {
  const { manifest, predict, explain } = await openArtifact(artifact);
  if (intent !== undefined && !manifest.labels.includes(intent)) {
    throw new UserError(`--intent: expected one of ${manifest.labels.join(', ')}, got ${intent}`);
  }
  const { intent: answer, alternatives } = predict(text);
  console.log(
    `${answer} (${alternatives.map((guess) => `${guess.intent} ${guess.confidence.toFixed(3)}`).join(', ')})`,
  );
  const { intent: explained, towards, against } = explain(text, intent);
  const table = new Table({ head: [`towards ${explained}`, '', 'against it', ''], style: { head: [], border: [] } });
  for (let row = 0; row < Math.max(towards.length, against.length); row += 1) {
    table.push([...cells(towards[row]), ...cells(against[row])]);
  }
  console.log(table.toString());
}

const cells = (contribution: Contribution | undefined): string[] =>
  contribution ? [contribution.feature, contribution.weight.toFixed(3)] : ['', ''];

const program = command('explain', 'Says what a text is taken for, and which of its features pushed there.')
  .argument('<text>', 'the text')
  .option('--intent <name>', 'the intent to explain (without it, the likeliest)')
  .option('--artifact <folder>', 'the model to ask', defaultArtifact)
  .action(explainText);

await run(program);
