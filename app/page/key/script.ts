/** The part of the script that sends the API key, where the page has a field for it. */
export const keyScript = `
const key = byId('key'), keyStorage = 'intent-fleet API key';

// A browser may refuse to store anything.
function storedKey() {
  try {
    return sessionStorage.getItem(keyStorage) ?? '';
  } catch {
    return '';
  }
}

function storeKey() {
  try {
    sessionStorage.setItem(keyStorage, key.value.trim());
  } catch {}
}

// A header takes no other characters; the service says what it misses.
function authorization() {
  const value = key?.value.trim() ?? '';
  return /^[!-~]+$/.test(value) ? { Authorization: 'Bearer ' + value } : {};
}

if (key) {
  key.value = storedKey();
  key.addEventListener('input', storeKey);
  byId('key-form').addEventListener('submit', (event) => event.preventDefault());
}
`;
