import { baseStyle } from './base/style.ts';
import { correctionsStyle } from './corrections/style.ts';
import { keyStyle } from './key/style.ts';
import { oneStyle } from './one/style.ts';
import { tableStyle } from './several/style.ts';
import { tabsStyle } from './tabs/style.ts';

/** The page's style sheet. */
export const style = [baseStyle, keyStyle, tabsStyle, oneStyle, tableStyle, correctionsStyle].join('');
