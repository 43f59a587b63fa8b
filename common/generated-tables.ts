/** The generated tables of a page, by name. */
export type Tables = Record<string, () => string>;

/** Returns a page with its tables, between `<!-- name -->` and `<!-- /name -->`, generated again. */
export function withTables(page: string, tables: Tables): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const place = new RegExp(`<!-- ${name} -->\\n[\\s\\S]*?<!-- /${name} -->`);
    if (!place.test(text)) throw new Error(`expected <!-- ${name} --> and <!-- /${name} --> in the page, got neither`);
    return text.replace(place, () => `<!-- ${name} -->\n${table()}\n<!-- /${name} -->`);
  }, page);
}
