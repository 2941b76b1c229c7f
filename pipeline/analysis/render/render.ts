import type { Query } from '../tree/nodes.ts';
import { layout, type Document } from './document.ts';
import type { RenderContext } from './expression.ts';
import { nameParameters, type Parameters } from './parameters.ts';
import { renderQuery } from './query.ts';
import { quoteIdentifier } from './quote.ts';

export interface Rendered {
  readonly sql: string;
  readonly parameters: Parameters;
}

/**
 * Prints a query: the same tree always gives the same text and the same names of parameters.
 * @param database the database of the stored events
 * @returns the text, with `{name:Type}` where a value is bound, and the bound values
 */
export function render(query: Query, database: string): Rendered {
  const { parameters, nameOf } = nameParameters(query);
  const context: RenderContext = {
    nameOf,
    // The table and not the view unique_events: through a view a path of `properties` costs the reading of all of them.
    events: `${quoteIdentifier(database)}.events FINAL`,
    query: (node) => renderQuery(node, context),
  };
  const document: Document = renderQuery(query, context);
  const broken: Document =
    typeof document === 'object' && 'parts' in document ? { ...document, broken: true } : document;
  return { sql: layout(broken), parameters };
}
