import { build } from 'esbuild';

// CommonJS packages expect these names, which an ES module does not have.
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

/** Bundles a program and its packages into one module, whose bytes do not depend on the path of `root`. */
export async function bundle(entry: string, root: string): Promise<Buffer> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // A package's ES modules, of which only what is used goes into the bundle.
    mainFields: ['module', 'main'],
    legalComments: 'inline',
    banner: { js: banner },
    logLevel: 'silent',
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error(`${entry}: esbuild wrote no module.`);
  return Buffer.from(output.contents);
}
