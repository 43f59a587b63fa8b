import { csvScript } from './base/csv.ts';
import { baseScript } from './base/script.ts';
import { correctionsScript } from './corrections/script.ts';
import { keyScript } from './key/script.ts';
import { oneScript } from './one/script.ts';
import { severalScript } from './several/script.ts';
import { tabsScript } from './tabs/script.ts';

/** The page's script: its parts share one scope. */
export const script = [baseScript, keyScript, csvScript, tabsScript, oneScript, severalScript, correctionsScript].join(
  '',
);
