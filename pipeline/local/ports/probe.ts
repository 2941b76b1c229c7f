import net from 'node:net';

const HOST = '127.0.0.1';

/** Whether a port of the loopback address can be listened on now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: HOST, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

const CONNECT_TIMEOUT_MS = 2000;

/** Whether something accepts connections on a port, of the loopback address unless another host is named. */
export function isPortOpen(port: number, host = HOST): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host, timeout: CONNECT_TIMEOUT_MS });
    const finish = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', finish(true)).once('error', finish(false)).once('timeout', finish(false));
  });
}

/** Ports below the range that systems hand out to outgoing connections, so that none of those takes one meanwhile. */
const FIRST_SPARE = 20_000;
const SPARE_COUNT = 12_000;

/**
 * A free port for a listener whose number nobody needs to know in advance.
 * @param taken ports that the caller has given away already
 * @param random a number in [0, 1); the start is random so that two stacks that start together do not meet
 */
export async function findSparePort(taken: ReadonlySet<number>, random = Math.random): Promise<number> {
  const start = Math.floor(random() * SPARE_COUNT);
  for (let step = 0; step < SPARE_COUNT; step++) {
    const port = FIRST_SPARE + ((start + step) % SPARE_COUNT);
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new Error(`no port from ${String(FIRST_SPARE)} on is free`);
}

/** Bases of a whole stack keep this distance, so that stacks of several test runs do not overlap. */
const BASE_STEP = 16;

/**
 * The first of consecutive free ports, for `--port-base`.
 * @param count how many are needed
 */
export async function findPortBase(count: number, random = Math.random): Promise<number> {
  const slots = Math.floor(SPARE_COUNT / BASE_STEP);
  const start = Math.floor(random() * slots);
  for (let step = 0; step < slots; step++) {
    const base = FIRST_SPARE + ((start + step) % slots) * BASE_STEP;
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isPortFree(base + index)));
    if (free.every(Boolean)) return base;
  }
  throw new Error(`no ${String(count)} consecutive ports from ${String(FIRST_SPARE)} on are free`);
}
