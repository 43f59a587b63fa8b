/** The part of the script that asks for several messages in batches, and shows them in a table. */
export const severalScript = String.raw`
const texts = byId('texts'), find = byId('find'), rows = byId('rows'), progress = byId('progress');
const { bytes: mostBytes, texts: mostTexts } = byId('several').dataset;
const mostMessages = 2000;
let listed = [], results = [], goesOn = false;

const linesOf = (value) => value.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
const bytesOf = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

// As many of the messages without a result as a request may have; one at least.
function nextBatch() {
  const batch = [];
  let bytes = bytesOf({ texts: [] });
  for (const message of listed.slice(results.length, results.length + Number(mostTexts))) {
    bytes += bytesOf(message) + 1;
    if (bytes > mostBytes && batch.length > 0) break;
    batch.push(message);
  }
  return batch;
}

async function resultsOf(batch) {
  try {
    return (await post('predict/batch?top=1', { texts: batch })).results;
  } catch (error) {
    // A single message that is too large is its own problem, and does not keep the others from being asked.
    if (error.status === 413 && batch.length === 1) return [{ detail: error.message }];
    throw error;
  }
}

const problemOf = ({ detail, errors }) => errors?.[0]?.detail ?? detail;

function rowOf(message, result) {
  const row = element('tr', '', element('td', '', openable(message))), problem = problemOf(result);
  if (problem !== undefined) {
    const cell = element('td', 'problem', problem);
    cell.colSpan = 2;
    row.append(cell);
    return row;
  }
  const wrong = element('button', 'wrong');
  wrong.type = 'button';
  mayBeWrong(wrong, message, result.id);
  row.append(element('td', '', element('span', '', nameOf(result.intent)), ' ', wrong));
  row.append(element('td', 'number', percent(result.confidence)));
  return row;
}

function showProgress(sentence) {
  progress.textContent = results.length + ' of ' + counted(listed.length, 'message') + '. ' + sentence;
  progress.classList.toggle('problem', sentence !== '');
}

async function askRest() {
  find.disabled = true;
  try {
    while (results.length < listed.length) {
      showProgress('');
      const batch = nextBatch(), answers = await resultsOf(batch);
      results.push(...answers);
      rows.append(...batch.map((message, at) => rowOf(message, answers[at])));
    }
    showProgress('');
  } catch (error) {
    showProgress(sentenceOf(error));
  }
  find.disabled = false;
  byId('save').disabled = results.length === 0;
  willGoOn(results.length < listed.length);
}

function willGoOn(value) {
  goesOn = value;
  find.textContent = value ? 'Go on with the others' : 'Find their intents';
}

function begin() {
  const lines = linesOf(texts.value);
  if (lines.length > mostMessages) {
    progress.textContent = 'At most ' + mostMessages + ' messages at once, got ' + lines.length + '.';
    progress.classList.add('problem');
    return;
  }
  [listed, results] = [lines, []];
  rows.replaceChildren();
  void askRest();
}

byId('several-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (find.disabled) return;
  if (goesOn) void askRest();
  else begin();
});
texts.addEventListener('input', () => {
  byId('lines').textContent = counted(linesOf(texts.value).length, 'message');
  willGoOn(false);
});
sendByKeyboard(texts);
byId('save').addEventListener('click', () => {
  const cells = ({ intent, confidence, ...other }) => [intent ?? '', confidence ?? '', problemOf(other) ?? ''];
  saveCsv('intents.csv', [
    ['text', 'intent', 'confidence', 'problem'],
    ...results.map((result, at) => [listed[at], ...cells(result)]),
  ]);
});
`;
