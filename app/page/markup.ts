const body = `<main>
<h1>What does a message want?</h1>
<p class="lead">Type one as a customer would write it; the model says which intent it has, and why.</p>
<div class="columns">
<form id="form" action="predict" method="post">
<label for="text">Message</label>
<textarea id="text" name="text" rows="4" required autofocus aria-describedby="hint" autocomplete="off"></textarea>
<p id="hint" class="hint"><span id="length">0 characters</span><span class="keys">. Ctrl + Enter sends it, too.</span></p>
<button type="submit">Find its intent</button>
<button type="button" id="copy">Copy as curl</button>
<span id="copied" class="hint" role="status"></span>
</form>
<div>
<noscript><p class="problem">The page needs JavaScript; <code>POST /predict</code> works without.</p></noscript>
<p id="problem" class="problem" role="alert" hidden></p>
<section id="result" aria-live="polite" aria-busy="false" hidden>
<h2>Intent: <strong id="intent"></strong></h2>
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
<p class="hint">Model <code id="model"></code></p>
</section>
</div>
</div>
<section aria-labelledby="examples-title">
<h2 id="examples-title">Or try one of these</h2>
<ul id="examples" class="examples">
<li><button type="button">Hi, how are you?</button></li>
<li><button type="button">How do I reset my password?</button></li>
<li><button type="button">I want to cancel my subscription</button></li>
<li><button type="button">Great service!</button></li>
</ul>
</section>
</main>
<footer><p>For programs: <a href="docs">API reference</a>, <a href="openapi.json">OpenAPI document</a></p></footer>`;

/** Returns the page's HTML with its style sheet and script. */
export function markup(style: string, script: string): string {
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
${body}
<script>${script}</script>
</body>
</html>
`;
}
