import { SuuupraError } from '@suuupra/core';
import type * as v from 'valibot';
import { request, type RequestOptions } from '../rest/request.ts';
import { Versions } from './answers.ts';

/** Versions of the REST API that this client speaks, the preferred first. */
const SUPPORTED = ['V4', 'V3', 'V2', 'V1'] as const;
export type GatewayVersion = (typeof SUPPORTED)[number];

/** Requests to the REST API of a SQL Gateway in a version that both sides speak. */
export class GatewayTransport {
  readonly url: string;
  #version: Promise<GatewayVersion> | undefined;

  /** @param url such as http://127.0.0.1:8083 */
  constructor(url: string) {
    this.url = url.replace(/\/+$/, '');
  }

  /**
   * The newest version that both sides speak; asked once.
   * @throws SuuupraError flink_unreachable
   */
  version(): Promise<GatewayVersion> {
    this.#version ??= this.#negotiate().catch((error: unknown) => {
      this.#version = undefined; // so that a Gateway which starts later is asked again
      throw error;
    });
    return this.#version;
  }

  async #negotiate(): Promise<GatewayVersion> {
    const { versions } = await request('GET', `${this.url}/api_versions`, Versions);
    const common = SUPPORTED.find((version) => versions.includes(version));
    if (common) return common;
    throw new SuuupraError(
      'flink_unreachable',
      `${this.url} speaks ${versions.join(', ')}, this client ${SUPPORTED.join(', ')}`,
    );
  }

  /**
   * A request below the negotiated version.
   * @param path begins with a slash
   * @throws FlinkResponseError, SuuupraError flink_unreachable
   */
  async call<const S extends v.GenericSchema>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    schema: S,
    options: RequestOptions = {},
  ): Promise<v.InferOutput<S>> {
    const version = (await this.version()).toLowerCase();
    return request(method, `${this.url}/${version}${path}`, schema, options);
  }
}
