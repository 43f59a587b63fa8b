/** The part of the script that asks for a single message and shows why it was answered so. */
export const oneScript = String.raw`
const form = byId('form'), text = byId('text'), send = byId('send'), result = byId('result'), problem = byId('problem');
const shownAtFirst = 5;
let asked = '';

function bar(name, value, share, className) {
  const fill = element('div', 'fill'), track = element('div', 'track', fill);
  fill.style.width = Math.max(1, 100 * share) + '%';
  track.setAttribute('aria-hidden', 'true');
  return element('li', className, element('span', 'name', name), track, element('span', 'value', value));
}

function showIntent({ intent, confidence, alternatives, model }) {
  byId('intent').textContent = nameOf(intent);
  byId('summary').textContent = intent === 'unknown'
    ? 'The best guess is ' + alternatives[0].intent + ', but with ' + percent(confidence) + ' it is not likely enough.'
    : 'With a confidence of ' + percent(confidence) + '.';
  byId('said').textContent = 'Intent: ' + nameOf(intent) + '. ' + byId('summary').textContent;
  const bars = alternatives.map((one) => bar(one.intent, percent(one.confidence), one.confidence, ''));
  byId('alternatives').replaceChildren(...bars.slice(0, shownAtFirst));
  byId('others').replaceChildren(...bars.slice(shownAtFirst));
  byId('less-likely').hidden = bars.length <= shownAtFirst;
  byId('less-likely-title').textContent = bars.length - shownAtFirst + ' less likely';
  byId('model').textContent = model;
}

const signed = (weight) => (weight > 0 ? '+' : '\u2212') + Math.abs(weight).toFixed(2);
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
  return asked.split(/([\p{L}\p{M}\p{N}_]+|\?+|!+|\p{Extended_Pictographic})/u).map((part) => {
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

function showOutcome(sentence) {
  problem.textContent = sentence;
  problem.hidden = sentence === '';
  result.hidden = sentence !== '';
  byId('waiting').hidden = true;
}

async function ask() {
  asked = text.value;
  const answer = await post('predict?top=100&explain=true', { text: asked });
  showIntent(answer);
  offer(answer.alternatives.map(({ intent }) => intent));
  showReasons(answer.explanation);
  mayBeWrong(byId('wrong'), asked, answer.id);
  showOutcome('');
}

async function submit() {
  send.disabled = true;
  await ask().catch((error) => showOutcome(sentenceOf(error)));
  send.disabled = false;
  // On a phone it would be out of sight.
  const answer = problem.hidden ? result : problem;
  if (answer.getBoundingClientRect().top > innerHeight / 2) answer.scrollIntoView();
}

function showLength() {
  byId('length').textContent = counted([...text.value].length, 'character');
  byId('copied').textContent = '';
}

function tryText(value) {
  text.value = value;
  showLength();
  form.requestSubmit();
}

/** Makes a button of a text, which shows its answer with the explanation. */
function openable(value) {
  const button = element('button', 'open', value);
  button.type = 'button';
  button.addEventListener('click', () => {
    selectTab(byId('one-tab'));
    tryText(value);
  });
  return button;
}

// In single quotes a shell reads everything as it is, but for the quote itself.
function curl() {
  const body = JSON.stringify({ text: text.value }).replaceAll("'", "'\\''");
  const keyHeader = key ? ' -H "authorization: Bearer $API_KEY"' : '';
  return 'curl ' + new URL('predict', location.href) + keyHeader + " -H 'content-type: application/json' -d '" + body + "'";
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
sendByKeyboard(text);
byId('samples')?.addEventListener('click', ({ target }) => {
  if (target.type === 'button') tryText(target.textContent);
});
`;
