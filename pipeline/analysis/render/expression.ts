import type {
  Call,
  Dynamic,
  Expression,
  Operation,
  OrderItem,
  Over,
  Query,
  Value,
  WindowFrame,
} from '../tree/nodes.ts';
import { bracketed, clause, infix, type Document } from './document.ts';
import { quoteIdentifier } from './quote.ts';

/** What the printing of a query needs to know beyond its tree. */
export interface RenderContext {
  readonly nameOf: (node: Value | Dynamic) => string;
  /** Where the stored events are read from, quoted. */
  readonly events: string;
  readonly query: (node: Query) => Document;
}

const LOGICAL: ReadonlySet<string> = new Set(['and', 'or']);

/** An argument of an operation: whether it stands in brackets follows from the two kinds alone. */
function operand(node: Expression, operator: string, context: RenderContext): Document {
  const printed = renderExpression(node, context);
  const bound =
    node.kind === 'lambda' || (node.kind === 'operation' && (!LOGICAL.has(operator) || LOGICAL.has(node.operator)));
  return bound ? bracketed('(', [printed], ')') : printed;
}

const renderOperation = (node: Operation, context: RenderContext): Document =>
  infix(
    node.operator.toUpperCase(),
    node.operands.map((item) => operand(item, node.operator, context)),
  );

/** `array[position]` and `tuple.1`, where what is accessed needs no brackets. */
function renderAccess({ name, args }: Call, printed: readonly Document[]): Document | undefined {
  const [of, index] = args;
  const [left = '', right = ''] = printed;
  if (of?.kind !== 'column' && of?.kind !== 'call' && of?.kind !== 'value') return undefined;
  if (name === 'arrayElement') return [left, bracketed('[', [right], ']')];
  return name === 'tupleElement' && index?.kind === 'constant' ? [left, '.', right] : undefined;
}

function renderCall(node: Call, context: RenderContext): Document {
  const print = (item: Expression): Document => renderExpression(item, context);
  const args = node.args.map(print);
  if (node.name === 'tuple' && args.length > 1) return bracketed('(', args, ')');
  if (node.name === 'array') return bracketed('[', args, ']');
  const accessed = renderAccess(node, args);
  if (accessed !== undefined) return accessed;
  const parameters = node.parameters.length > 0 ? bracketed('(', node.parameters.map(print), ')') : '';
  return [node.name, parameters, bracketed('(', args, ')')];
}

/** One item of ORDER BY. */
export const renderOrder = (item: OrderItem, context: RenderContext): Document => [
  renderExpression(item.by, context),
  item.direction === 'desc' ? ' DESC' : '',
  item.nulls === undefined ? '' : ` NULLS ${item.nulls.toUpperCase()}`,
];

/** `ROWS BETWEEN 6 PRECEDING AND CURRENT ROW`. */
function renderFrame({ unit, from, to }: WindowFrame): string {
  const bound = (at: number | 'unbounded', side: 'PRECEDING' | 'FOLLOWING'): string => {
    if (at === 'unbounded') return `UNBOUNDED ${side}`;
    if (at === 0) return 'CURRENT ROW';
    return `${String(Math.abs(at))} ${at < 0 ? 'PRECEDING' : 'FOLLOWING'}`;
  };
  return `${unit.toUpperCase()} BETWEEN ${bound(from, 'PRECEDING')} AND ${bound(to, 'FOLLOWING')}`;
}

function renderOver(node: Over, context: RenderContext): Document {
  const parts: Document[] = [];
  if (node.partitionBy.length > 0)
    parts.push(
      clause(
        'PARTITION BY',
        node.partitionBy.map((item) => renderExpression(item, context)),
      ),
    );
  if (node.orderBy.length > 0)
    parts.push(
      clause(
        'ORDER BY',
        node.orderBy.map((item) => renderOrder(item, context)),
      ),
    );
  if (node.frame !== undefined) parts.push(renderFrame(node.frame));
  return [renderCall(node.call, context), ' OVER ', { open: '(', parts, separator: {}, close: ')', indent: true }];
}

function renderConstant(of: number | boolean | null | ''): string {
  if (of === '') return "''";
  return of === null ? 'NULL' : String(of);
}

/** An expression as a document. */
export function renderExpression(node: Expression, context: RenderContext): Document {
  switch (node.kind) {
    case 'value':
      return `{${context.nameOf(node)}:${node.type}}`;
    case 'dynamic':
      return `{${context.nameOf(node)}:Identifier}`;
    case 'constant':
      return renderConstant(node.value);
    case 'column':
      return (node.of === undefined ? '' : `${quoteIdentifier(node.of)}.`) + quoteIdentifier(node.name);
    case 'call':
      return renderCall(node, context);
    case 'operation':
      return renderOperation(node, context);
    case 'lambda': {
      const names = node.parameters.map(quoteIdentifier).join(', ');
      return [node.parameters.length === 1 ? `${names} -> ` : `(${names}) -> `, renderExpression(node.body, context)];
    }
    case 'cast':
      return [
        'CAST',
        bracketed('(', [renderExpression(node.of, context), `'${node.type.replaceAll("'", "\\'")}'`], ')'),
      ];
    case 'over':
      return renderOver(node, context);
    case 'subquery':
      return bracketed('(', [context.query(node.query)], ')');
  }
}
