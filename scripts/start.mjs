// `npm start`: installs what is missing, then hands over to scripts/start.ts.
import { spawn } from 'node:child_process';
import { installPackages, ROOT } from './install.mjs';

installPackages();
const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
