import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { checkoutFolder } from '../../common/paths.ts';

export interface PageFile {
  name: string;
  content: Buffer;
}

/** Makes the files of the page; the same sources make the same bytes, wherever the checkout is. */
export async function buildPage(): Promise<PageFile[]> {
  return [
    { name: 'index.html', content: await readFile(join(import.meta.dirname, 'index.html')) },
    { name: 'page.css', content: await readFile(join(import.meta.dirname, 'page.css')) },
    { name: 'page.js', content: await bundle() },
  ];
}

async function bundle(): Promise<Buffer> {
  const result = await build({
    absWorkingDir: checkoutFolder,
    entryPoints: ['monitoring/page/client/main.ts'],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error('monitoring/page/client/main.ts: esbuild wrote no module.');
  return Buffer.from(output.contents);
}
