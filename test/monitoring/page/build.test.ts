import test from 'ava';
import { buildPage } from '../../../monitoring/page/build.ts';

test('the page is three files, the same each time, and names no other host', async (t) => {
  const files = await buildPage();
  t.deepEqual(await buildPage(), files);
  t.deepEqual(
    files.map(({ name }) => name),
    ['index.html', 'page.css', 'page.js'],
  );
  const [html, css, script] = files.map(({ content }) => content.toString());
  t.notRegex(`${html}${css}`, /(https?:)?\/\/\w/);
  // What the policy forbids: styles and scripts in the page itself.
  t.notRegex(html as string, /<style|style=|<script(?! type="module" src="page.js">)|\son\w+=/);
  t.notRegex(script as string, /\beval\(|new Function\(/);
});
