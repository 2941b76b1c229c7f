import type { Expression, Join, Named, Query, Select, Source } from '../tree/nodes.ts';
import { bracketed, clause, lines, type Document } from './document.ts';
import { renderExpression, renderOrder, type RenderContext } from './expression.ts';
import { quoteIdentifier } from './quote.ts';

function renderNamed({ expression, as }: Named, context: RenderContext): Document {
  const isItself = expression.kind === 'column' && expression.name === as && expression.of === undefined;
  return isItself ? quoteIdentifier(as) : [renderExpression(expression, context), ` AS ${quoteIdentifier(as)}`];
}

function renderSource(node: Source, context: RenderContext): Document {
  if (node.kind === 'events') return context.events;
  const as = node.as === undefined ? '' : ` AS ${quoteIdentifier(node.as)}`;
  if (node.kind === 'named') return quoteIdentifier(node.name) + as;
  return [bracketed('(', [context.query(node.query)], ')'), as];
}

const renderJoin = (node: Join, context: RenderContext): Document => [
  `${node.type.toUpperCase()} JOIN `,
  renderSource(node.source, context),
  node.using === undefined ? '' : ` USING (${node.using.map(quoteIdentifier).join(', ')})`,
  ...(node.on === undefined ? [] : [' ON ', renderExpression(node.on, context)]),
];

function renderWith({ name, is }: Select['with'][number], context: RenderContext): Document {
  if (is.kind !== 'select' && is.kind !== 'union')
    return [renderExpression(is, context), ` AS ${quoteIdentifier(name)}`];
  const body: Document = {
    open: '(',
    parts: [context.query(is)],
    separator: {},
    close: ')',
    indent: true,
    broken: true,
  };
  return [`${quoteIdentifier(name)} AS `, body];
}

function renderSelect(node: Select, context: RenderContext): Document {
  const print = (item: Expression): Document => renderExpression(item, context);
  const sets = node.groupingSets?.map((set) => bracketed('(', set.map(print), ')'));
  const { limitBy } = node;
  /** The clauses in the order in which SQL wants them; `undefined` is one that is not there. */
  const clauses: readonly (Document | undefined)[] = [
    node.with.length === 0
      ? undefined
      : {
          ...lines(
            node.with.map((item) => renderWith(item, context)),
            true,
          ),
          open: 'WITH ',
          separator: { trailing: ',' },
        },
    clause(
      node.distinct ? 'SELECT DISTINCT' : 'SELECT',
      node.columns.map((item) => renderNamed(item, context)),
    ),
    node.from && ['FROM ', renderSource(node.from, context)],
    node.arrayJoin.length === 0
      ? undefined
      : clause(
          'ARRAY JOIN',
          node.arrayJoin.map((item) => renderNamed(item, context)),
        ),
    ...node.joins.map((item) => renderJoin(item, context)),
    node.where && clause('WHERE', [print(node.where)]),
    node.groupBy.length === 0 ? undefined : clause('GROUP BY', node.groupBy.map(print)),
    sets && ['GROUP BY GROUPING SETS ', bracketed('(', sets, ')')],
    node.having && clause('HAVING', [print(node.having)]),
    node.orderBy.length === 0
      ? undefined
      : clause(
          'ORDER BY',
          node.orderBy.map((item) => renderOrder(item, context)),
        ),
    limitBy && ['LIMIT ', print(limitBy.limit), ' ', clause('BY', limitBy.by.map(print))],
    node.limit && ['LIMIT ', print(node.limit)],
    node.offset && ['OFFSET ', print(node.offset)],
  ];
  return lines(
    clauses.filter((item) => item !== undefined),
    node.with.length > 0,
  );
}

/** A query as a document. */
export function renderQuery(node: Query, context: RenderContext): Document {
  if (node.kind === 'select') return renderSelect(node, context);
  // Brackets, because a member with an ORDER BY or LIMIT of its own would lend it to the whole union.
  const members = node.queries.map((item) => bracketed('(', [renderQuery(item, context)], ')'));
  return lines(members.flatMap((member, index) => (index === 0 ? [member] : ['UNION ALL', member])));
}
