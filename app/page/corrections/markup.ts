import { unknownIntent } from '../../../model/prediction.ts';
import { escapeHtml } from '../base/escape.ts';

/** Returns the panel of the corrections that this browser keeps; they are sent, too, where the service takes feedback. */
export function correctionsPanel(takesFeedback: boolean): string {
  return `<div id="corrections" role="tabpanel" aria-labelledby="corrections-tab"${takesFeedback ? ' data-feedback' : ''} hidden>
<p id="kept"></p>
<div id="keeping" hidden>
<div class="buttons">
<button type="button" id="save-corrections">Save as CSV</button>
<button type="button" id="clear">Clear</button>
</div>
<p class="hint">The file has the columns <code>text</code> and <code>intent</code>, as <code>make train</code> takes them: add its rows to your training data.</p>
<table>
<caption class="unseen">The corrections</caption>
<thead><tr><th scope="col">Message</th><th scope="col">Right intent</th></tr></thead>
<tbody id="corrected"></tbody>
</table>
</div>
</div>`;
}

/** Returns the dialogs that ask for the right intent, and before all corrections are cleared. */
export function correctionDialogs(labels: readonly string[]): string {
  const options = labels.map((label) => `<option>${escapeHtml(label)}</option>`);
  return `<dialog id="correct" aria-labelledby="correct-title">
<form method="dialog" id="correct-form">
<h2 id="correct-title">Which intent is right?</h2>
<p id="correct-text" class="quote"></p>
<label for="right">Intent</label>
<select id="right" required aria-describedby="correct-hint">
<option value="">Choose …</option>
${options.join('\n')}
<option value="${unknownIntent}">none of these (${unknownIntent})</option>
<option id="new" value=" ">another one …</option>
</select>
<div id="name-field" hidden>
<label for="typed">Its name</label>
<input id="typed" pattern=".*\\S.*" autocomplete="off">
</div>
<p id="correct-hint" class="hint"></p>
<div class="buttons">
<button type="submit">Keep</button>
<button type="button" id="cancel">Cancel</button>
</div>
</form>
</dialog>
<dialog id="clear-dialog" aria-labelledby="clear-title">
<form method="dialog" id="clear-form">
<h2 id="clear-title"></h2>
<p>They are gone then. Save them before, if you need them.</p>
<div class="buttons">
<button type="submit">Clear</button>
<button type="button" id="do-not-clear" autofocus>Keep them</button>
</div>
</form>
</dialog>`;
}
