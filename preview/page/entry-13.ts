import 'monaco-editor/min/vs/editor/editor.main.css';
import { boot } from './boot.ts';

/** Where Monaco finds its workers; they check and format beside the page's own thread. */
Object.assign(window, {
  MonacoEnvironment: {
    getWorkerUrl: (_module: string, label: string) => `/preview/13/workers/${label === 'json' ? 'json' : 'editor'}.js`,
  },
});

void boot('13', async () => {
  const [{ start }, { grafana13 }] = await Promise.all([import('./start.tsx'), import('./generations/grafana-13.tsx')]);
  await start(grafana13);
});
