import { isMap, isNode, isScalar, isSeq, type LineCounter } from 'yaml';

/** Returns the line of a setting in its file, or of the section that lacks it; undefined where the file has neither. */
export function lineOf(path: readonly PropertyKey[], contents: unknown, lineCounter: LineCounter): number | undefined {
  const offset = offsetOf(contents, path);
  return offset === undefined ? undefined : lineCounter.linePos(offset).line;
}

function offsetOf(node: unknown, [key, ...others]: readonly PropertyKey[], outer?: number): number | undefined {
  const { place, value } = memberOf(node, key) ?? {};
  const offset = isNode(place) ? place.range?.[0] : undefined;
  return offset === undefined ? outer : offsetOf(value, others, offset);
}

/** A member of a mapping or a list, and what stands at its beginning. */
function memberOf(node: unknown, key: PropertyKey | undefined): { place: unknown; value: unknown } | undefined {
  if (isSeq(node)) return { place: node.items[Number(key)], value: node.items[Number(key)] };
  const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
  return pair && { place: pair.key, value: pair.value };
}
