/** What the other parts of the script use. It sets text and widths only, so that no message can become markup. */
export const baseScript = `
'use strict';
const byId = (id) => document.getElementById(id);
const percent = (share) => (100 * share).toFixed(1) + ' %';
const counted = (number, noun) => number + ' ' + noun + (number === 1 ? '' : 's');
const nameOf = (intent) => intent === 'unknown' ? 'none of these' : intent;

function element(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}

class Refused extends Error {
  constructor({ status, detail }) {
    super(detail);
    this.status = status;
  }
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...authorization() },
    body: JSON.stringify(body),
  });
  const content = await answer.json();
  if (answer.status === 401) byId('key')?.focus();
  if (!answer.ok) throw new Refused(content);
  return content;
}

const sentenceOf = (error) =>
  error instanceof Refused ? error.message : 'The service did not answer; try again in a moment.';

function sendByKeyboard(field) {
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
  });
}
`;
