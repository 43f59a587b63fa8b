/** The field of the API key that each request is sent with. */
export const keyPanel = `<form id="key-form" class="key">
<label for="key">API key</label>
<input id="key" type="password" autocomplete="off" spellcheck="false" aria-describedby="key-hint">
<p id="key-hint" class="hint">The owner of the service gives it: it begins with <code>ifk_</code>. This tab keeps it until it is closed.</p>
</form>`;
