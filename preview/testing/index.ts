export { launchChromium, watch } from './browser.ts';
export { type Preview, type PreviewOptions, startPreview } from './host.ts';
