#!/usr/bin/env node
// The pipeline runs from its TypeScript sources: tsx is registered first, and only then the command is loaded.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../main.ts');
process.exitCode = await main(process.argv.slice(2));
