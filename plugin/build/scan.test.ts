import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { scanBundle } from './scan.ts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-scan-'));
afterEach(() => {
  fs.rmSync(directory, { recursive: true });
});

it('finds the names that a bundle uses of shared modules, in its entry and its chunks, and text run as code', () => {
  fs.writeFileSync(
    path.join(directory, 'module.js'),
    `define(["@grafana/ui","react"],(e,t)=>(()=>{var s={7:t=>{t.exports=e},9(e){e.exports=t}};
     function r(i){return s[i]} var a=r(7); const f=()=>a.Button; function g(a){return a.NotShared} return [f,g,r(9).useState]})())`,
  );
  fs.writeFileSync(
    path.join(directory, '12.js'),
    `(self.chunks=self.chunks||[]).push([[12],{44(e,t,n){var i=n(9),o=n(3);t.x=(0,i.useRef)(o.Other);new Function("1")}}])`,
  );
  const { used, evaluations } = scanBundle(directory);
  expect(Object.fromEntries([...used].map(([name, names]) => [name, [...names].sort()]))).toEqual({
    '@grafana/ui': ['Button'],
    react: ['useRef', 'useState'],
  });
  expect(evaluations).toHaveLength(1);
});
