import fs from 'node:fs';
import { provisionedFiles } from './provision/files.ts';

// Writes the dashboards of provisioning/ from the definitions: `npm run provision`.
for (const [file, text] of await provisionedFiles()) fs.writeFileSync(file, text);
