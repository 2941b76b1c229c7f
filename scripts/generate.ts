import fs from 'node:fs';
import path from 'node:path';
import { generatedFiles } from './generated-files.ts';

// Writes every file that is generated from another: `npm run generate`.
for (const [file, text] of await generatedFiles()) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
