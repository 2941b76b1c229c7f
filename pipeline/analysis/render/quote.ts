const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Words that ClickHouse would not read as a name where a name stands. */
const RESERVED = new Set(
  'all and any array as asc between by case cast cross desc distinct else end false final from full group having if in inner interval is join left like limit not null offset on or order outer over partition prewhere right sample select settings then true union using values when where window with'.split(
    ' ',
  ),
);

/** A name as it stands in SQL; the only function that writes one. */
export const quoteIdentifier = (name: string): string =>
  PLAIN.test(name) && !RESERVED.has(name.toLowerCase())
    ? name
    : `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
