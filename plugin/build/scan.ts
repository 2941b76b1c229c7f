import fs from 'node:fs';
import path from 'node:path';
import { parse, type Node } from 'acorn';
import { ancestor } from 'acorn-walk';
import { analyze, type Variable } from 'eslint-scope';

/** What a built bundle asks of the page that loads it. */
export interface BundleScan {
  /** Names of the shared modules that are asked for, and which of their exports are used. */
  readonly used: ReadonlyMap<string, ReadonlySet<string>>;
  /** Places where text is run as code: `eval`, `new Function`. */
  readonly evaluations: readonly string[];
}

type Call = Node & { type: 'CallExpression'; callee: Node; arguments: Node[] };
type Member = Node & { type: 'MemberExpression'; object: Node; property: Node; computed: boolean };
type Function = Node & { type: 'FunctionExpression' | 'ArrowFunctionExpression'; params: Node[]; body: Node };

const isIdentifier = (node: Node | null | undefined, name?: string): node is Node & { name: string } =>
  node?.type === 'Identifier' && (name === undefined || (node as Node & { name: string }).name === name);
const isCall = (node: Node | null | undefined): node is Call => node?.type === 'CallExpression';
const isFunction = (node: Node | undefined): node is Function => /^(Arrow)?FunctionExpression$/.test(node?.type ?? '');
const literal = (node: Node | undefined): unknown =>
  node?.type === 'Literal' ? (node as Node & { value: unknown }).value : undefined;

const filesOf = (directory: string): string[] =>
  fs
    .readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => path.join(directory, file));

/**
 * Reads the bundles of one plugin and of the plugins nested in it.
 * @param directory of the built app
 * @throws Error if a file is no JavaScript
 */
export function scanBundle(directory: string): BundleScan {
  const used = new Map<string, Set<string>>();
  const evaluations: string[] = [];
  const entries = filesOf(directory).filter((file) => path.basename(file) === 'module.js');
  for (const entry of entries) {
    const shared = sharedModules(parseFile(entry));
    for (const name of shared.values()) if (!used.has(name)) used.set(name, new Set());
    // chunks of a plugin lie beside its entry and number the shared modules as the entry does
    const chunks = fs.readdirSync(path.dirname(entry)).filter((file) => file.endsWith('.js'));
    for (const chunk of chunks) {
      const file = path.join(path.dirname(entry), chunk);
      const program = parseFile(file);
      for (const [module, name] of usedNames(program, shared)) used.get(module)?.add(name);
      for (const place of evaluationsIn(program)) evaluations.push(`${path.relative(directory, file)}:${place}`);
    }
  }
  return { used, evaluations };
}

const parseFile = (file: string): Node =>
  parse(fs.readFileSync(file, 'utf8'), { ecmaVersion: 2022, sourceType: 'script', ranges: true });

/** The numbers that webpack gave to the modules which the AMD `define` of an entry asks for. */
function sharedModules(program: Node): Map<unknown, string> {
  const modules = new Map<unknown, string>();
  ancestor(program, {
    CallExpression(node) {
      const call = node as unknown as Call;
      const [list, factory] = call.arguments;
      if (!isIdentifier(call.callee, 'define') || list?.type !== 'ArrayExpression' || !isFunction(factory)) return;
      const names = (list as Node & { elements: Node[] }).elements.map(literal) as string[];
      const parameters = factory.params.map((parameter) => (parameter as Node & { name: string }).name);
      ancestor(factory.body, {
        Property(found) {
          const { key, value } = found as unknown as { key: Node; value: Node };
          const given = exportedIdentifier(value);
          const index = given === undefined ? -1 : parameters.indexOf(given);
          const name = names[index];
          if (name !== undefined) modules.set(literal(key), name);
        },
      });
    },
  });
  return modules;
}

/** `x` of `(module) => { module.exports = x }`. */
function exportedIdentifier(value: Node): string | undefined {
  if (!isFunction(value) || value.params.length !== 1) return undefined;
  const statements = (value.body as Node & { body?: Node[] }).body;
  const only = statements?.length === 1 ? (statements[0] as Node & { expression?: Node }) : undefined;
  const assignment = only?.expression as (Node & { left?: Member; right?: Node }) | undefined;
  if (assignment?.type !== 'AssignmentExpression' || !isIdentifier(assignment.left?.property, 'exports'))
    return undefined;
  return isIdentifier(assignment.right) ? assignment.right.name : undefined;
}

/** Each use of an export: of `const x = require(7)` every `x.Name`, and every `require(7).Name`. */
function* usedNames(program: Node, shared: ReadonlyMap<unknown, string>): Generator<[string, string]> {
  const parents = new Map<Node, Node>();
  ancestor(program, {
    MemberExpression: (node, _state, ancestors) => void parents.set(node, ancestors.at(-2) as Node),
  });
  const members = [...parents.keys()] as unknown as Member[];
  const byObject = new Map(members.map((member) => [member.object, member]));
  const moduleOf = (node: Node | null | undefined): string | undefined =>
    isCall(node) && isIdentifier(node.callee) && node.arguments.length === 1
      ? shared.get(literal(node.arguments[0]))
      : undefined;
  for (const member of members) {
    const module = moduleOf(member.object);
    if (module !== undefined) yield [module, nameOf(member)];
  }
  const { scopes } = analyze(program as never, { ecmaVersion: 2022, sourceType: 'script' });
  for (const variable of scopes.flatMap((scope) => scope.variables)) {
    const module = moduleOf(initialValue(variable));
    if (module === undefined) continue;
    for (const { identifier } of variable.references) {
      const member = byObject.get(identifier as unknown as Node);
      if (member !== undefined) yield [module, nameOf(member)];
    }
  }
}

/** What a variable is declared to be; none if it is declared twice or without a value. */
function initialValue(variable: Variable): Node | undefined {
  const [definition, another] = variable.defs;
  if (definition?.type !== 'Variable' || another !== undefined) return undefined;
  return (definition.node as unknown as { init?: Node | null }).init ?? undefined;
}

const nameOf = ({ property, computed }: Member): string =>
  computed ? `[${String(literal(property) ?? 'computed')}]` : (property as Node & { name: string }).name;

function evaluationsIn(program: Node): number[] {
  const places: number[] = [];
  const look = (node: Node): void => {
    const { callee } = node as unknown as Call;
    if (isIdentifier(callee, 'eval') || isIdentifier(callee, 'Function')) places.push(node.start);
  };
  ancestor(program, { CallExpression: look, NewExpression: look });
  return places;
}
