// Test files one after the other in one process, each as it is handed out (UNROLL_FILES is where), with the site and its
// pages open for all of them. It is run by .ci/tools/nodetests.ts.
import { after, before, describe } from 'node:test';
import { pathToFileURL } from 'node:url';
import { HANGS } from '../../../.ci/tools/nodetests.ts';
import { type Site, site } from './browser.ts';

const next = async () => (await fetch(process.env.UNROLL_FILES as string)).text();

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

for (let file = await next(); file !== ''; file = await next())
  await describe(file, { timeout: HANGS }, async () => {
    await import(pathToFileURL(file).href);
  });
