// Takes the pictures in docs/screenshots from the built page (dist/site): node --import tsx .ci/tools/screenshots.ts
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { shown, site } from '../../tests/web/page/browser.ts';

const folder = join(import.meta.dirname, '../../docs/screenshots');
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const pictures: { name: string; hash: string; options?: BrowserContextOptions }[] = [
  { name: 'home', hash: '' },
  { name: 'rnn', hash: '#rnn?at=43&tour=3' },
  { name: 'rnn-back', hash: '#rnn?at=107&tour=9' },
  { name: 'rnn-dark', hash: '#rnn?at=107&tour=9', options: { colorScheme: 'dark' } },
  { name: 'rnn-phone', hash: '#rnn?at=43', options: phone },
  { name: 'bptt-distance', hash: '#bptt?panel=reach' },
  { name: 'lstm', hash: '#lstm?tour=5' },
  { name: 'lstm-page', hash: '#lstm?panel=prose' },
  { name: 'curve', hash: '#curve?tour=2' },
  { name: 'descent', hash: '#descent?panel=rules&lab=rule:adam;update:12' },
  { name: 'qkv', hash: '#qkv?tour=7' },
  { name: 'positions', hash: '#positions?tour=5' },
  { name: 'block', hash: '#block?tour=5' },
  { name: 'translator', hash: '#translator?tour=6' },
  { name: 'gpt', hash: '#gpt?tour=5' },
  { name: 'gpt-cache', hash: '#gpt?tour=10' },
  { name: 'backprop', hash: '#backprop?tour=9' },
  { name: 'depth', hash: '#depth?tour=5' },
  { name: 'meaning', hash: '#meaning?tour=13' },
  { name: 'next-word', hash: '#next-word?tour=4' },
  { name: 'ball', hash: '#ball?tour=7&lab=frame:31' },
  { name: 'ball-errors', hash: '#ball?tour=8' },
  { name: 'elsewhere', hash: '#elsewhere?tour=7' },
  { name: 'seq2seq-search', hash: '#seq2seq?text=3+0+4+days+ago&at=237&tour=7&panel=search&lab=width:3;norm:0' },
  { name: 'attention', hash: '#attention?tour=8' },
  { name: 'steps', hash: '#steps?tour=5' },
];

mkdirSync(folder, { recursive: true });
const { open, close } = await site();
for (const { name, hash, options } of pictures) {
  const { page, errors } = await open(hash, options);
  if (hash) await shown(page);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(1500); // samples and pictures of home come after the first values
  await page.screenshot({ path: join(folder, `${name}.png`) });
  if (errors.length > 0) throw new Error(`${name}: ${errors.join('; ')}`);
  await page.context().close();
}
await close();
