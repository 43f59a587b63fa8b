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
  byId('intent').textContent = intent === 'unknown' ? 'not clear' : intent;
  byId('summary').textContent = intent === 'unknown'
    ? 'The best guess is ' + best + ', but with ' + percent(confidence) + ' it is not likely enough.'
    : 'With a confidence of ' + percent(confidence) + '.';
  byId('alternatives').replaceChildren(...alternatives.map((one) => bar(one.intent, percent(one.confidence), one.confidence, '')));
  byId('model').textContent = model;
}

function showReasons({ intent, towards, against }) {
  const reasons = [...towards.slice(0, 6), ...against.slice(0, 4)];
  const most = Math.max(...reasons.map((reason) => Math.abs(reason.weight)));
  byId('why-title').textContent = 'Features for and against ' + intent;
  byId('no-why').hidden = reasons.length > 0;
  byId('why').replaceChildren(...reasons.map(({ feature, weight }) =>
    bar(feature, (weight > 0 ? '+' : '\\u2212') + Math.abs(weight).toFixed(2), Math.abs(weight) / most, weight > 0 ? 'towards' : 'against')));
}

function showProblem(sentence) {
  problem.textContent = sentence;
  problem.hidden = false;
  result.hidden = true;
}

async function ask() {
  const answer = await fetch('predict?top=5&explain=true', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text: text.value }),
  });
  const body = await answer.json();
  if (!answer.ok) return showProblem(body.detail);
  problem.hidden = true;
  result.hidden = false;
  showIntent(body);
  showReasons(body.explanation);
  result.scrollIntoView({ block: 'nearest' });
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

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void submit();
});
text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
byId('examples').addEventListener('click', (event) => {
  if (event.target.type !== 'button') return;
  text.value = event.target.textContent;
  form.requestSubmit();
});
`;
