import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';

/** The parts of SystemJS 6 that are used here; its own types lack `set`. */
interface SystemJS6 {
  set(id: string, module: Record<string, unknown>): void;
  import(id: string): Promise<Record<string, unknown>>;
  addImportMap(map: { imports: Record<string, string> }): void;
  constructor: { prototype: { shouldFetch: () => boolean; onload: unknown } };
}
const loader = (window as unknown as { System: SystemJS6 }).System;

/** Makes modules known under their names to the modules that are loaded later. */
export function shareModules(modules: Record<string, unknown>): void {
  const imports: Record<string, string> = {};
  for (const [name, module] of Object.entries(modules)) {
    const id = `app:${name}`;
    imports[name] = id;
    // A copy: SystemJS writes to what it is given, and a module's namespace object is frozen.
    const copy = { ...(module as Record<string, unknown>) };
    loader.set(id, 'default' in copy ? copy : { ...copy, default: module });
  }
  loader.addImportMap({ imports });
  // Load by <script>, where the AMD extra's define() is global, and not by fetch and eval.
  loader.constructor.prototype.shouldFetch = () => false;
}

/** Loads the module at an address relative to the root of the server; the version is there to get past caches. */
export async function importModule(address: string, version: string): Promise<Record<string, unknown>> {
  const module = await loader.import(`/${address}?_cache=${encodeURIComponent(version)}`);
  return module['__useDefault'] ? (module['default'] as Record<string, unknown>) : module;
}
