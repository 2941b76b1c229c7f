/** The ports of the stack in the order in which `--port-base N` hands out N, N+1, … */
export const PORT_NAMES = [
  'kafka',
  'registry',
  'flink',
  'sqlGateway',
  'clickhouse',
  'api',
  'collector',
  'preview',
] as const;

export type PortName = (typeof PORT_NAMES)[number];
export type Ports = Readonly<Record<PortName, number>>;

export const DEFAULT_PORTS: Ports = {
  kafka: 9092,
  registry: 8080,
  flink: 8081,
  sqlGateway: 8083,
  clickhouse: 8123,
  api: 8088,
  collector: 8090,
  preview: 3001,
};

/**
 * @param base first of the consecutive ports, or undefined for the well-known ones
 */
export function portsFrom(base: number | undefined): Ports {
  if (base === undefined) return DEFAULT_PORTS;
  return Object.fromEntries(PORT_NAMES.map((name, index) => [name, base + index])) as unknown as Ports;
}
