/** The page's script. It sets text and widths only, so that no message can become markup. */
export const script = `
'use strict';
const byId = (id) => document.getElementById(id);
const form = byId('form'), text = byId('text'), result = byId('result'), problem = byId('problem');
const send = form.querySelector('button');
const percent = (share) => (100 * share).toFixed(1) + ' %';

function element(name, className, content) {
  const made = document.createElement(name);
  made.className = className;
  if (content !== undefined) made.textContent = content;
  return made;
}

function bar(name, value, share, className) {
  const row = element('li', className);
  const track = element('div', 'track'), fill = element('div', 'fill');
  fill.style.width = Math.max(1, 100 * share) + '%';
  track.setAttribute('aria-hidden', 'true');
  track.append(fill);
  row.append(element('span', 'name', name), track, element('span', 'value', value));
  return row;
}

function showIntent({ intent, confidence, alternatives, model }) {
  const best = alternatives[0].intent;
  byId('intent').textContent = intent === 'unknown' ? 'none of these' : intent;
  byId('summary').textContent = intent === 'unknown'
    ? 'The best guess is ' + best + ', but with ' + percent(confidence) + ' it is not likely enough.'
    : 'With a confidence of ' + percent(confidence) + '.';
  byId('alternatives').replaceChildren(...alternatives.map((one) => bar(one.intent, percent(one.confidence), one.confidence, '')));
  byId('model').textContent = model;
}

const signed = (weight) => (weight > 0 ? '+' : '\\u2212') + Math.abs(weight).toFixed(2);
const direction = (weight) => weight > 0 ? 'towards' : 'against';
const largest = (weights) => Math.max(...weights.map(({ weight }) => Math.abs(weight)));

function showReasons({ intent, towards, against, words }) {
  const reasons = [...towards, ...against], most = largest(reasons);
  byId('why-title').textContent = 'What speaks for and against ' + intent;
  byId('no-why').hidden = reasons.length > 0;
  byId('words').replaceChildren(...colouredWords(words));
  byId('why').replaceChildren(...reasons.map(({ feature, weight }) =>
    bar(feature, signed(weight), Math.abs(weight) / most / 2, direction(weight))));
}

// The words come in lower case and without what stands between them; the message shows them as they were typed.
function colouredWords(words) {
  const left = [...words], most = largest(words);
  return asked.split(/([\\p{L}\\p{M}\\p{N}_]+|\\?+|!+|\\p{Extended_Pictographic})/u).map((part) => {
    if (left[0]?.word !== part.normalize('NFKC').toLowerCase()) return part;
    const { weight } = left.shift();
    const share = most === 0 ? 0 : Math.abs(weight) / most;
    if (share < 0.05) return part;
    const word = element('mark', direction(weight), part);
    word.style.setProperty('--share', Math.round(100 * share) + '%');
    word.title = signed(weight);
    return word;
  });
}

function showProblem(sentence) {
  problem.textContent = sentence;
  problem.hidden = false;
  result.hidden = true;
}

let asked = '';

async function ask() {
  asked = text.value;
  const answer = await fetch('predict?top=100&explain=true', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text: asked }),
  });
  const body = await answer.json();
  if (!answer.ok) return showProblem(body.detail);
  problem.hidden = true;
  result.hidden = false;
  showIntent(body);
  showReasons(body.explanation);
}

async function submit() {
  send.disabled = true;
  result.setAttribute('aria-busy', 'true');
  try {
    await ask();
  } catch {
    showProblem('The service did not answer; try again in a moment.');
  } finally {
    send.disabled = false;
    result.setAttribute('aria-busy', 'false');
  }
}

function showLength() {
  const length = [...text.value].length;
  byId('length').textContent = length + (length === 1 ? ' character' : ' characters');
  byId('copied').textContent = '';
}

// In single quotes a shell reads everything as it is, but for the quote itself.
function curl() {
  const body = JSON.stringify({ text: text.value }).replaceAll("'", "'\\\\''");
  return 'curl ' + new URL('predict', location.href) + " -H 'content-type: application/json' -d '" + body + "'";
}

async function copy() {
  try {
    await navigator.clipboard.writeText(curl());
    byId('copied').textContent = 'copied';
  } catch {
    byId('copied').textContent = curl();
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void submit();
});
text.addEventListener('input', showLength);
byId('copy').addEventListener('click', () => void copy());
text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
byId('examples').addEventListener('click', (event) => {
  if (event.target.type !== 'button') return;
  text.value = event.target.textContent;
  showLength();
  form.requestSubmit();
});
`;
