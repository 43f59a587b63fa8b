import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { ExecutionContext } from 'ava';

/** The Chromium of this machine; undefined where none is installed. */
export const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

type Reply = Record<string, unknown>;

/** A page of a headless Chromium, driven over its DevTools protocol. */
export class BrowserPage {
  readonly #socket: WebSocket;
  readonly #session: string;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly events: Reply[] = [];
  #last = 0;

  private constructor(socket: WebSocket, session: string) {
    this.#socket = socket;
    this.#session = session;
  }

  /** Opens a URL in a browser that ends with the test. */
  static async open(t: ExecutionContext, browser: string, profile: string, url: string): Promise<BrowserPage> {
    const child = spawn(browser, [...headless, `--user-data-dir=${profile}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    t.teardown(async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    });
    const socket = new WebSocket(await debuggerAddress(child));
    await once(socket, 'open');
    const root = new BrowserPage(socket, '');
    socket.addEventListener('message', ({ data }) => root.#receive(JSON.parse(data as string)));
    const { targetId } = await root.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new BrowserPage(socket, sessionId as string);
    socket.addEventListener('message', ({ data }) => page.#receive(JSON.parse(data as string)));
    for (const domain of ['Page', 'Runtime', 'Log']) await page.send(`${domain}.enable`, {});
    await page.send('Page.navigate', { url });
    // Before, an element may have the focus whose listeners are not there yet.
    await page.until("location.href !== 'about:blank' && document.readyState === 'complete'");
    return page;
  }

  send(method: string, params: Reply): Promise<Reply> {
    this.#last += 1;
    const id = this.#last + (this.#session ? 1_000_000 : 0);
    this.#socket.send(JSON.stringify({ id, method, params, ...(this.#session && { sessionId: this.#session }) }));
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  /** Returns the value of an expression in the page; undefined while another page replaces it. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    return (result as { value: unknown } | undefined)?.value;
  }

  /** Waits until an expression is true in the page. */
  async until(expression: string): Promise<void> {
    while ((await this.evaluate(expression)) !== true) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Returns the text of the element with an id. */
  async text(id: string): Promise<string> {
    return String(await this.evaluate(`document.getElementById('${id}').textContent`));
  }

  async pressControlEnter(): Promise<void> {
    const key = { key: 'Enter', code: 'Enter', modifiers: 2, windowsVirtualKeyCode: 13 };
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, text: '\r' });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }

  async preferColourScheme(value: 'light' | 'dark'): Promise<void> {
    await this.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }

  /** Returns the colour of the ground in light and in dark. */
  async groundColours(): Promise<unknown[]> {
    const grounds = [];
    for (const scheme of ['light', 'dark'] as const) {
      await this.preferColourScheme(scheme);
      grounds.push(await this.evaluate('getComputedStyle(document.documentElement).backgroundColor'));
    }
    return grounds;
  }

  #receive(message: { id?: number; sessionId?: string; method?: string; result?: Reply; params?: Reply }): void {
    if ((message.sessionId ?? '') !== this.#session) return;
    if (message.id === undefined) this.events.push({ method: message.method, ...message.params });
    else this.#waiting.get(message.id)?.(message.result ?? {});
  }
}

const headless = ['--headless=new', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0', '--no-first-run'];

async function debuggerAddress({ stderr }: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of stderr as NodeJS.ReadableStream) {
    text += chunk;
    const found = /DevTools listening on (ws:\S+)/.exec(text);
    if (found?.[1]) return found[1];
  }
  throw new Error(`the browser ended: ${text}`);
}
