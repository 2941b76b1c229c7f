// Style sheets of packages that Grafana 10.1 has in its server's style sheet.
import 'rc-drawer/assets/index.css';
import 'uplot/dist/uPlot.min.css';
import { boot } from './boot.ts';

void boot('10', async () => {
  const [{ start }, { grafana10 }] = await Promise.all([import('./start.tsx'), import('./generations/grafana-10.tsx')]);
  await start(grafana10);
});
