/** The part of the script that keeps corrections in this browser, and sends them where the service takes feedback. */
export const correctionsScript = `
const storageKey = 'intent-fleet corrections';
const correct = byId('correct'), right = byId('right'), typed = byId('typed'), clearDialog = byId('clear-dialog');
const lost = 'This browser stores nothing for this page: corrections are lost when it is closed. Save them before.';
const takesFeedback = 'feedback' in byId('corrections').dataset;
const where = takesFeedback ? 'It is sent to the service, and kept in this browser.' : 'It is kept in this browser; nothing is sent.';
const predictions = new Map();
let corrections = [], isStored = true, correcting = '', notSent = '';

// Other programs, or another version of this page, may have written there.
function parsed(stored) {
  try {
    return JSON.parse(stored).filter((one) => typeof one?.text === 'string' && typeof one.intent === 'string');
  } catch {
    return [];
  }
}

function store(list) {
  corrections = list;
  try {
    localStorage.setItem(storageKey, JSON.stringify(list));
    isStored = true;
  } catch {
    isStored = false;
  }
  showCorrections();
}

function load() {
  try {
    store(parsed(localStorage.getItem(storageKey) ?? '[]'));
  } catch {
    store([]);
  }
}

const rightFor = (text) => corrections.find((one) => one.text === text)?.intent;

/** Makes a button ask for the right intent of a message; the id of its prediction is there where the service takes feedback. */
function mayBeWrong(button, message, id) {
  if (id !== undefined) predictions.set(message, id);
  button.dataset.message = message;
  nameWrong(button);
}

function nameWrong(button) {
  const intent = rightFor(button.dataset.message);
  button.textContent = intent === undefined ? 'Not right?' : 'Corrected: ' + nameOf(intent);
}

function keptSentence(kept) {
  if (corrections.length === 0) return takesFeedback
    ? 'None yet. When an answer is wrong, “Not right?” beside it sends the right intent to the service, and keeps it in this browser.'
    : 'None yet. When an answer is wrong, “Not right?” beside it keeps the right intent, in this browser only; nothing is sent.';
  if (!takesFeedback) return kept + ', in this browser only; nothing was sent.';
  return kept + ' in this browser. ' + (notSent === '' ? 'They were sent to the service.' : 'The last one was not sent: ' + notSent);
}

/** Sends which intent is right; of a message the first time counts. */
async function sendFeedback(message, intent) {
  const id = predictions.get(message);
  if (id === undefined) return;
  notSent = '';
  await post('feedback', { id, intent, text: message }).catch((error) => { notSent = sentenceOf(error); });
  showCorrections();
}

function showCorrections() {
  const kept = counted(corrections.length, 'correction');
  byId('corrections-tab').textContent = corrections.length === 0 ? 'Corrections' : 'Corrections (' + corrections.length + ')';
  byId('kept').textContent = isStored ? keptSentence(kept) : kept + '. ' + lost;
  byId('correct-hint').textContent = isStored ? where : lost;
  byId('clear-title').textContent = 'Clear ' + kept + '?';
  byId('keeping').hidden = corrections.length === 0;
  byId('corrected').replaceChildren(...corrections.map(({ text, intent }) =>
    element('tr', '', element('td', '', openable(text)), element('td', '', nameOf(intent)))));
  document.querySelectorAll('.wrong').forEach(nameWrong);
}

// Intents that were typed or answered before can be chosen: the page does not know those of a model that needs an API key.
function offer(intents) {
  const offered = new Set([...right.options].map(({ value }) => value));
  const added = new Set(intents).difference(offered);
  byId('new').before(...[...added].map((intent) => element('option', '', intent)));
}

function askForRight(message) {
  correcting = message;
  offer(corrections.map(({ intent }) => intent));
  byId('correct-text').textContent = message;
  right.value = rightFor(message) ?? '';
  typed.value = '';
  showName();
  correct.showModal();
}

function showName() {
  typed.required = byId('new').selected;
  byId('name-field').hidden = !typed.required;
}

right.addEventListener('change', () => {
  showName();
  if (typed.required) typed.focus();
});
byId('correct-form').addEventListener('submit', () => {
  const intent = typed.required ? typed.value.trim() : right.value;
  store([...corrections.filter(({ text }) => text !== correcting), { text: correcting, intent }]);
  void sendFeedback(correcting, intent);
});
byId('cancel').addEventListener('click', () => correct.close());
document.addEventListener('click', ({ target }) => {
  if (target.dataset?.message !== undefined) askForRight(target.dataset.message);
});
byId('save-corrections').addEventListener('click', () =>
  saveCsv('corrections.csv', [['text', 'intent'], ...corrections.map(({ text, intent }) => [text, intent])]));
byId('clear').addEventListener('click', () => clearDialog.showModal());
byId('do-not-clear').addEventListener('click', () => clearDialog.close());
byId('clear-form').addEventListener('submit', () => store([]));
// Another window with this page has changed them.
addEventListener('storage', ({ key, newValue }) => {
  if (key !== storageKey) return;
  corrections = parsed(newValue);
  showCorrections();
});
load();
`;
