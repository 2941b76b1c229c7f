import { parameterText, type Compiled } from '@suuupra/analysis';

const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/**
 * A compiled query as a script for clickhouse-client: the parameters are set, then the query stands as it is run.
 */
export function toScript({ sql, params }: Pick<Compiled, 'sql' | 'params'>): string {
  const settings = Object.entries(params).map(
    ([name, item]) => `SET param_${name} = ${literal(parameterText(item))};\n`,
  );
  return `${settings.join('')}\n${sql};\n`;
}
