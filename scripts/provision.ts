import fs from 'node:fs';
import path from 'node:path';
import { provisionedFiles } from './provision/files.ts';

// Writes the dashboards and alert rules of provisioning/: `npm run provision`.
for (const [file, text] of await provisionedFiles()) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
