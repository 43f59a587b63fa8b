import { shellWord } from '../../common/shell-word.ts';
import { DataError } from './example.ts';

/** The text of a file, and the encoding that it was in, as TextDecoder names it. */
export interface DecodedText {
  readonly content: string;
  readonly encoding: string;
}

/** Decodes a file: UTF-8, or what its byte order mark or its bytes tell, such as windows-1252 of a spreadsheet. */
export async function decodeText(path: string, bytes: Buffer): Promise<DecodedText> {
  const utf8 = decodeAs('utf-8', bytes);
  // ASCII in UTF-16 is valid UTF-8, too.
  if (utf8 && !utf8.content.includes('\0')) return utf8;
  refuseDamagedUtf8(path, bytes);
  const name = await detectedEncoding(bytes);
  const decoded = name === undefined ? undefined : decodeAs(labelOf(name, bytes), bytes);
  if (decoded) return decoded;
  throw new DataError(`${path}:${lineOfBadByte(bytes)}: expected UTF-8, got other bytes; ${convert(path, name)}`);
}

function decodeAs(label: string, bytes: Buffer): DecodedText | undefined {
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    return { content: decoder.decode(bytes), encoding: decoder.encoding };
  } catch {
    return undefined;
  }
}

// Only few files need the detector, which takes megabytes.
async function detectedEncoding(bytes: Buffer): Promise<string | undefined> {
  const { detect } = await import('jschardet');
  return detect(bytes).encoding ?? undefined;
}

/** The names of the detector that TextDecoder does not know. */
const labels: Record<string, string> = {
  macroman: 'macintosh',
  maccyrillic: 'x-mac-cyrillic',
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  'utf-16-le': 'utf-16le',
  'utf-16-be': 'utf-16be',
};

function labelOf(name: string, bytes: Buffer): string {
  // The byte order mark tells which; TextDecoder would take the little end.
  if (name === 'UTF-16' && bytes[0] === 0xfe) return 'utf-16be';
  return labels[name.toLowerCase()] ?? name;
}

// Another encoding would turn the lines that are UTF-8 into nonsense.
function refuseDamagedUtf8(path: string, bytes: Buffer): void {
  const lines = bytes.toString('latin1').split('\n');
  const good = lines.findIndex((line) => /[\x80-\xFF]/.test(line) && isUtf8(line));
  if (good === -1 || bytes.includes(0)) return;
  throw new DataError(
    `${path}:${lineOfBadByte(bytes)}: expected UTF-8, as on line ${good + 1}, got other bytes; write this line again, or delete it`,
  );
}

// The first line that does not survive a round trip, counted from 1.
function lineOfBadByte(bytes: Buffer): number {
  const lines = bytes.toString('latin1').split('\n');
  return lines.findIndex((line) => !isUtf8(line)) + 1 || 1;
}

function isUtf8(latin1: string): boolean {
  return decodeAs('utf-8', Buffer.from(latin1, 'latin1')) !== undefined;
}

function convert(path: string, name: string | undefined): string {
  return name === undefined
    ? 'save the file as "CSV UTF-8"'
    : `it may be ${name}: iconv -f ${name} -t utf-8 ${shellWord(path)} > ${shellWord(path.replace(/(\.\w+)$/, '-utf8$1'))}`;
}
