import { site, go, shown } from './web/page/browser.ts';
(globalThis as any).__name ??= (f: any) => f;
const web = await site();
const [which, ...hashes] = process.argv.slice(2);
const sizes: any = { desk: { viewport: { width: 1280, height: 720 } }, proj: { viewport: { width: 1920, height: 1080 } }, phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } };
const [size, theme = 'light'] = which!.split('-');
const extra = (size === 'proj' ? '&mode=projector' : '') + `&theme=${theme}`;
const { page, errors } = await web.open(`#seq2seq?tour=1${extra}`, sizes[size!]);
page.setDefaultTimeout(90000);
await shown(page);
for (const hash of hashes) {
  const [name, query, ...acts] = hash.split('|');
  await go(page, `#seq2seq?${query}${extra}`);
  await page.waitForTimeout(1500);
  for (const a of acts) {
    if (a.startsWith('try')) { await page.getByRole('button', { name: 'Try this' }).click(); await page.waitForTimeout(600); for (let i = 1; i < Number(a.slice(3)); i++) await page.getByRole('button', { name: /^Next/ }).first().click(), await page.waitForTimeout(800); }
    else if (a.startsWith('q')) { await page.getByRole('button', { name: 'Predict a number' }).click(); }
    else if (a.startsWith('wait')) await page.waitForTimeout(Number(a.slice(4)));
    else await page.getByRole('button', { name: a }).first().click();
    await page.waitForTimeout(2500);
  }
  await page.screenshot({ path: `/tmp/shot/${which}-${name}.png`, fullPage: size === 'phone' });
  if (errors.length) console.log(name, errors.splice(0));
}
await web.close();
