import fs from 'node:fs';
import { bundle } from './bundle.ts';

// Writes dist/suuupra.js for script tags and dist/suuupra.mjs for imports.
const dist = new URL('dist/', import.meta.url);
fs.mkdirSync(dist, { recursive: true });
fs.writeFileSync(new URL('suuupra.js', dist), await bundle('iife'));
fs.writeFileSync(new URL('suuupra.mjs', dist), await bundle('esm'));
