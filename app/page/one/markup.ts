import { escapeHtml } from '../base/escape.ts';

/** Returns the panel of a single message with its answer, and buttons with samples where there are some. */
export function onePanel(samples: readonly string[]): string {
  return `<div id="one" class="columns" role="tabpanel" aria-labelledby="one-tab">
<div>
${form}
${samples.length > 0 ? sampleButtons(samples) : ''}
</div>
<div class="card">
<p id="said" class="unseen" role="status"></p>
<p id="problem" class="problem" role="alert" hidden></p>
<p id="waiting" class="hint">The answer appears here.</p>
${result}
</div>
</div>`;
}

const form = `<form id="form" action="predict" method="post">
<label for="text">Message</label>
<textarea id="text" name="text" rows="4" required autofocus aria-describedby="hint" autocomplete="off"></textarea>
<p id="hint" class="hint"><span id="length">0 characters</span><span class="keys">. Ctrl + Enter sends it, too.</span></p>
<div class="buttons">
<button type="submit" id="send">Find its intent</button>
<button type="button" id="copy">Copy as curl</button>
<span id="copied" class="hint" role="status"></span>
</div>
</form>`;

const result = `<section id="result" hidden>
<div class="head">
<h2>Intent: <strong id="intent"></strong></h2>
<button type="button" id="wrong" class="wrong"></button>
</div>
<p id="summary"></p>
<h3 id="why-title"></h3>
<p id="words" class="words"></p>
<p id="no-why" class="hint" hidden>The model knows none of the words in this message.</p>
<details>
<summary>The features that weigh most</summary>
<ul id="why" class="bars why"></ul>
</details>
<h3>How likely each intent is</h3>
<ol id="alternatives" class="bars"></ol>
<details id="less-likely">
<summary id="less-likely-title"></summary>
<ol id="others" class="bars"></ol>
</details>
<p class="hint">Model <code id="model"></code></p>
</section>`;

function sampleButtons(samples: readonly string[]): string {
  const items = samples.map((text) => `<li><button type="button">${escapeHtml(text)}</button></li>`);
  return `<h2 id="samples-title">Or one that the model was tested with</h2>
<ul id="samples" class="samples" aria-labelledby="samples-title">
${items.join('\n')}
</ul>`;
}
