import { correctionDialogs, correctionsPanel } from './corrections/markup.ts';
import { keyPanel } from './key/markup.ts';
import { onePanel } from './one/markup.ts';
import { type BatchLimits, severalPanel } from './several/markup.ts';
import { tabs } from './tabs/markup.ts';

/** What the page shows of a model and of the service. */
export interface PageContent {
  /** The intents of the model. */
  labels: readonly string[];
  /** Texts to try. */
  samples: readonly string[];
  limits: BatchLimits;
  /** Whether the service asks for an API key. */
  asksForKey: boolean;
  /** Whether the service takes feedback: corrections are sent to it. */
  takesFeedback: boolean;
}

function body({ labels, samples, limits, asksForKey, takesFeedback }: PageContent): string {
  return `<main>
<h1>What does a message want?</h1>
<p class="lead">Type one as a customer would write it; the model says which intent it has, and why.</p>
<noscript><p class="problem">The page needs JavaScript; <code>POST /predict</code> works without.</p></noscript>
${asksForKey ? `${keyPanel}\n` : ''}${tabs}
${onePanel(samples)}
${severalPanel(limits)}
${correctionsPanel(takesFeedback)}
</main>
<footer><p>For programs: <a href="docs">API reference</a>, <a href="openapi.json">OpenAPI document</a></p></footer>
${correctionDialogs(labels)}`;
}

/** Returns the page's HTML with its style sheet and script. */
export function markup(content: PageContent, style: string, script: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>What does a message want?</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${body(content)}
<script>${script}</script>
</body>
</html>
`;
}
