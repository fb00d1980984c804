// build-page site|single...: builds these forms of the page and says what came out.
import { buildPage, builtFiles, type Form } from './page.ts';
import { misused } from './process.ts';

for (const form of process.argv.slice(2)) {
  if (form !== 'site' && form !== 'single') misused(`unknown form of the page '${form}'`);
  await buildPage(form satisfies Form);
  const files = builtFiles(form);
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const name = form === 'site' ? 'dist/site/' : 'dist/unroll.html';
  console.log(`${name}  ${files.length} ${files.length === 1 ? 'file' : 'files'}, ${(total / 1e6).toFixed(2)} MB`);
}
