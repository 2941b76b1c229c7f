import { GatewaySession, type SessionOptions } from './session.ts';
import { GatewayTransport, type GatewayVersion } from './transport.ts';

/** Client of a Flink SQL Gateway. It holds no connection: nothing needs to be closed but its sessions. */
export class SqlGateway {
  readonly #transport: GatewayTransport;

  /** @param url such as http://127.0.0.1:8083 */
  constructor(url: string) {
    this.#transport = new GatewayTransport(url);
  }

  /**
   * The newest version of the REST API that both sides speak; asked once.
   * @throws SuuupraError flink_unreachable
   */
  version(): Promise<GatewayVersion> {
    return this.#transport.version();
  }

  /**
   * Opens a session, which is kept alive until it is closed.
   * @throws SuuupraError flink_unreachable
   */
  openSession(options: SessionOptions = {}): Promise<GatewaySession> {
    return GatewaySession.open(this.#transport, options);
  }
}
