/** The most bytes of a request's body, and the most texts in it. */
export interface BatchLimits {
  bodyBytes: number;
  batchTexts: number;
}

/** Returns the panel of several messages with the table of their answers. */
export function severalPanel({ bodyBytes, batchTexts }: BatchLimits): string {
  return `<div id="several" role="tabpanel" aria-labelledby="several-tab" data-bytes="${bodyBytes}" data-texts="${batchTexts}" hidden>
<form id="several-form">
<label for="texts">Messages, one a line</label>
<textarea id="texts" rows="8" required aria-describedby="texts-hint" autocomplete="off"></textarea>
<p id="texts-hint" class="hint"><span id="lines">0 messages</span><span class="keys">. Ctrl + Enter sends them, too.</span></p>
<div class="buttons">
<button type="submit" id="find">Find their intents</button>
<button type="button" id="save" disabled>Save as CSV</button>
</div>
</form>
<p id="progress" class="hint" role="status"></p>
<table>
<caption class="unseen">The messages with their intents</caption>
<thead><tr><th scope="col">Message</th><th scope="col">Intent</th><th scope="col" class="number">Confidence</th></tr></thead>
<tbody id="rows"></tbody>
</table>
</div>`;
}
