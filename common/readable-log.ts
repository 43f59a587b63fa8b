import { parseJson } from './parse-json.ts';

/** Returns a log line as people read it: of JSON, its level and message, and the other fields as `name=value`. */
export function readableLog(message: string): string {
  return withoutControls(readableJson(message) ?? message.trimEnd());
}

/** Returns the level of a log line; undefined for one that is no JSON. */
export function levelOfLog(message: string): string | undefined {
  const level = fieldsOf(message)?.level;
  return typeof level === 'string' ? level : undefined;
}

function readableJson(message: string): string | undefined {
  const fields = fieldsOf(message);
  if (!fields) return undefined;
  // Each line has its time already.
  const { level, msg, time: _, ...others } = fields;
  const parts = Object.entries(others).map(([name, value]) => `${name}=${valueText(value)}`);
  return [level, msg, ...parts].filter((part) => part !== undefined).join(' ');
}

function fieldsOf(message: string): Record<string, unknown> | undefined {
  return message.startsWith('{') ? (parseJson(message) as Record<string, unknown> | undefined) : undefined;
}

function valueText(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : (JSON.stringify(value) ?? '');
}

// A client chooses some of what is logged, and a terminal would obey its control characters.
function withoutControls(text: string): string {
  return text.replaceAll(
    /(?![\n\t])\p{Cc}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
