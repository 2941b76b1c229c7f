import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to the registry that can be cut. */
export interface RegistryProxy {
  readonly url: string;
  /** While it is cut, connections are closed without an answer. */
  cut: boolean;
  close(): Promise<void>;
}

export async function openRegistryProxy(target: string): Promise<RegistryProxy> {
  const { origin, pathname } = new URL(target);
  const proxy = { cut: false };
  const server = http.createServer((request, response) => {
    if (proxy.cut) {
      request.socket.destroy();
      return;
    }
    const { method, headers, url = '/' } = request;
    const onward = http.request(new URL(url, origin), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${String(port)}${pathname}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
