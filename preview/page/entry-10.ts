import 'uplot/dist/uPlot.min.css';
import { boot } from './boot.ts';

void boot('10', async () => {
  const [{ start }, { grafana10 }] = await Promise.all([import('./start.tsx'), import('./generations/grafana-10.tsx')]);
  await start(grafana10);
});
