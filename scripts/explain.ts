import { UserError } from '../common/errors.ts';
import { defaultArtifact } from '../common/paths.ts';
import { terminalTable } from '../common/tables.ts';
import { openArtifact } from '../model/artifact/open.ts';
import type { Contribution } from '../model/prediction.ts';
import { createCommand, run } from './command-line/command.ts';

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
  const rows = Array.from({ length: Math.max(towards.length, against.length) }, (_, row) => [
    ...cellsOf(towards[row]),
    ...cellsOf(against[row]),
  ]);
  console.log(terminalTable([`towards ${explained}`, '', 'against it', ''], rows));
}

function cellsOf(contribution: Contribution | undefined): string[] {
  return contribution ? [contribution.feature, contribution.weight.toFixed(3)] : ['', ''];
}

const program = createCommand('explain', 'Shows the intent of a text, and the features that speak for and against it.')
  .argument('<text>', 'the text')
  .option('--intent <name>', 'the intent to explain (without it, the likeliest)')
  .option('--artifact <folder>', 'the model', defaultArtifact)
  .action(explainText);

await run(program);
