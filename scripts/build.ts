import { endOnSignal, run } from './run.ts';

/** What ships, in the order in which it is built: each stands on the ones before. */
const STEPS = [
  { name: 'browser SDK', args: ['run', '--silent', 'build', '-w', '@suuupra/browser-sdk'] },
  { name: 'plugin bundle', args: ['run', '--silent', 'build', '-w', 'plugin'] },
  { name: 'preview', args: ['run', '--silent', 'build', '-w', 'preview'] },
];

endOnSignal();
for (const step of STEPS) {
  const start = Date.now();
  const { ok, output } = await run('npm', step.args, { quiet: true });
  if (!ok) {
    console.error(output);
    console.error(`Build of the ${step.name} failed; its output is above.`);
    process.exit(1);
  }
  console.log(`${step.name} built in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}
