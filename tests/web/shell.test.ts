// Around the exhibit: the address, back and forward, light and dark, the projector, keys, focus, one screen.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { comes, eventually, go, picture, type Site, shown, site } from './page/browser.ts';
import { exhibits } from './page/folders.ts';
import { type Press, placesAfter } from './page/press.ts';
import { spread } from './page/sample.ts';

let web: Site;
before(async () => {
  web = await site();
});
after(() => web?.close());

const position = (page: Page) =>
  page.getByRole('slider', { name: 'Operation' }).getAttribute('aria-valuenow').then(Number);
const stands = (page: Page, at: number, what?: string) => comes(page, () => position(page), at, what);
const noticed = (page: Page, words: RegExp) => page.getByRole('status').filter({ hasText: words }).first().waitFor();
const tourStep = (page: Page) =>
  page.getByRole('navigation', { name: 'Tour' }).locator('[aria-current=step]').getAttribute('aria-label');

test('what is unknown or bad in a link is named, and the rest of it is shown', async () => {
  const { page } = await web.open('#rnn?at=40&notation=c&colour=red&node=rnn.4.h&cell=2');
  await shown(page);
  await noticed(page, /notation, colour/);
  await stands(page, 40);
});

test('a setting that the exhibit does not offer is not taken from a link', async () => {
  const { page } = await web.open('#rnn?set=num_layers:2;hidden_size:6');
  await shown(page);
  await noticed(page, /num_layers:2/);
  await page
    .getByRole('region', { name: 'Settings' })
    .filter({ hasText: /Hidden units\s*6/ })
    .waitFor();
});

test('a link is the view: place, cell, notation, inspector, text', async () => {
  const { page } = await web.open('#rnn?text=anna&at=60&node=rnn.3.h&cell=5&view=table&notation=b');
  await shown(page);
  await stands(page, 60);
  await comes(page, () => page.getByLabel('Name to read').inputValue(), 'anna');
  assert.equal(await page.getByRole('button', { name: 'Table' }).getAttribute('aria-pressed'), 'true');
  assert.match((await page.getByRole('button', { name: /Notation b/ }).getAttribute('aria-pressed')) ?? '', /true/);
  await page.getByRole('region', { name: 'Inspector' }).filter({ hasText: 'rnn.3.h' }).waitFor();
  await comes(page, () => page.locator('tr[aria-current=true] th').innerText(), '6');
});

const COPIES = { permissions: ['clipboard-read', 'clipboard-write'] };
test('copy link: the same view opens from it', async () => {
  const { page } = await web.open('#rnn?tour=3', COPIES);
  await shown(page);
  const at = (await position(page)) + 2;
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await stands(page, at);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await noticed(page, /copied/i);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const step = await tourStep(page);
  await web.put(page);
  const again = await web.open(new URL(link).hash, COPIES);
  await shown(again.page);
  await stands(again.page, at);
  await comes(again.page, () => tourStep(again.page), step);
});

test('a link that was cut says so and shows the exhibit as it is; what is left can be shown all the same', async () => {
  const { page } = await web.open('#rnn?text=anna&at=60&notation=b');
  await shown(page);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => /check=.*at=61/.test(location.hash));
  const link = await page.evaluate(() => location.hash);
  await web.put(page);
  const whole = await web.open(link);
  await shown(whole.page);
  await stands(whole.page, 61);
  assert.equal(await whole.page.getByRole('status').first().innerText(), '');
  await web.put(whole.page);
  const own = await web.open('#rnn');
  await shown(own.page);
  const at = await position(own.page);
  await web.put(own.page);
  const cut = await web.open(link.slice(0, link.indexOf('&notation')));
  await shown(cut.page);
  const notice = cut.page.getByRole('status').filter({ hasText: 'This link was cut or changed' });
  await notice.waitFor();
  await stands(cut.page, at);
  assert.notEqual(await cut.page.getByLabel('Name to read').inputValue(), 'anna');
  await notice.getByRole('button', { name: 'Show what is left' }).click();
  await cut.page.waitForFunction(() => (document.getElementById('reading') as HTMLInputElement)?.value === 'anna');
  await stands(cut.page, 61);
});

test('back and forward go through the steps of the tour', async () => {
  const { page } = await web.open('#rnn');
  await shown(page);
  const seen: [string | null, number][] = [];
  for (let i = 0; i < 3; i++) {
    seen.push([await tourStep(page), await position(page)]);
    await page.getByRole('button', { name: 'Tour: next step' }).click();
    // The address is written at most so often.
    await page.waitForFunction((step) => location.hash.includes(`tour=${step}`), i + 2);
  }
  for (const [name, at] of seen.reverse()) {
    await page.goBack();
    await page.getByRole('navigation', { name: 'Tour' }).locator(`[aria-label="${name}"][aria-current=step]`).waitFor();
    await stands(page, at);
  }
  await page.goForward();
  await page.locator(`[aria-current=step][aria-label*="step 2"]`).waitFor();
});

test('of links that follow one another quickly the last is shown', async () => {
  const { page } = await web.open('');
  for (const hash of ['#rnn?at=5', '#home', '#rnn?at=12']) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, hash);
  }
  await shown(page);
  await page.waitForFunction(
    () => document.querySelector('[role=slider][aria-label=Operation]')?.getAttribute('aria-valuenow') === '12',
  );
});

test('light, dark and the projector are part of the link', async () => {
  const { page } = await web.open('#rnn', { colorScheme: 'light' });
  await shown(page);
  const root = page.locator('html');
  await page.getByRole('button', { name: 'Light or dark' }).click();
  await comes(page, () => root.getAttribute('data-theme'), 'dark');
  await page.keyboard.press('p');
  await comes(page, () => root.getAttribute('data-mode'), 'projector');
  await page.waitForFunction(() => location.hash.includes('mode=projector') && location.hash.includes('theme=dark'));
  const { page: dark } = await web.open('', { colorScheme: 'dark' });
  await comes(dark, () => dark.locator('html').getAttribute('data-theme'), 'dark');
});

test('every clock answers to the keyboard', async () => {
  const { page } = await web.open('#rnn?at=0');
  await shown(page);
  const press = async (key: string, at: number, what?: string) => {
    await page.keyboard.press(key);
    await stands(page, at, what);
  };
  await press('ArrowRight', 1);
  await press('ArrowLeft', 0);
  await press('Shift+ArrowRight', 10, 'the ten operations of a step');
  await press('End', Number(await page.getByRole('slider', { name: 'Operation' }).getAttribute('aria-valuemax')));
  await press('Home', 0);
  await page.keyboard.press('Space');
  await page.getByRole('group', { name: 'Operation' }).getByRole('button', { name: 'Pause operations' }).waitFor();
  await page.waitForFunction(
    () => Number(document.querySelector('[role=slider][aria-label=Operation]')?.getAttribute('aria-valuenow')) > 0,
  );
  await page.keyboard.press('Space');
  await page.keyboard.press('.');
  await page.waitForFunction(
    () => document.querySelector('[role=slider][aria-label=Update]')?.getAttribute('aria-valuenow') === '1',
  );
  await page.keyboard.press(',');
  await page.waitForFunction(
    () => document.querySelector('[role=slider][aria-label=Update]')?.getAttribute('aria-valuenow') === '0',
  );
});

test('keys mean the same wherever the mouse was last: on a button, a track, a cell, a list', async () => {
  const { page } = await web.open('#lstm?at=20');
  await shown(page);
  const playing = page.getByRole('group', { name: 'Operation' }).getByRole('button', { name: 'Pause operations' });
  const clicks: [string, () => Promise<void>][] = [
    ['Next', () => page.getByRole('button', { name: 'Tour: next step' }).click()],
    ['a track', () => page.getByRole('slider', { name: 'Update' }).click()],
    [
      'a column',
      () =>
        page
          .locator('.columns button')
          .nth(2)
          .click({ position: { x: 4, y: 4 }, force: true }),
    ],
    [
      'a list',
      async () => {
        const list = page.getByLabel('Pace of training');
        await list.dispatchEvent('pointerdown');
        await list.focus();
        await list.selectOption('20');
      },
    ],
    ['a view', () => page.getByRole('button', { name: 'Value', exact: true }).click()],
  ];
  for (const [where, click] of clicks) {
    await click();
    await page.keyboard.press('Home');
    await stands(page, 0, `Home after a click on ${where}`);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await stands(page, 2, `arrows after ${where}`);
    await page.keyboard.press('ArrowLeft');
    await stands(page, 1, `back after ${where}`);
    await page.keyboard.press('Space');
    await playing.waitFor();
    await page.keyboard.press('Space');
    await playing.waitFor({ state: 'detached' });
    const step = await tourStep(page);
    await page.keyboard.press('PageDown');
    const next = await eventually(
      page,
      () => tourStep(page),
      (now) => now !== step,
    );
    assert.notEqual(next, step, `Page Down after ${where}`);
    await page.keyboard.press('PageUp');
    await comes(page, () => tourStep(page), step, `Page Up after ${where}`);
  }
  // A field keeps its own, but for those of a remote; Escape leaves it.
  const field = page.getByLabel('Name to read');
  await field.click();
  await page.keyboard.press('Home');
  await page.keyboard.type('x y');
  await comes(page, () => field.inputValue(), 'x yamelia');
  const step = await tourStep(page);
  await page.keyboard.press('PageDown');
  assert.notEqual(
    await eventually(
      page,
      () => tourStep(page),
      (now) => now !== step,
    ),
    step,
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await stands(page, 0);
});

test('what was reached with Tab keeps its own keys', async () => {
  const { page } = await web.open('#rnn?at=20');
  await shown(page);
  await page.getByRole('slider', { name: 'Operation' }).focus();
  await page.keyboard.press('End');
  const end = Number(await page.getByRole('slider', { name: 'Operation' }).getAttribute('aria-valuemax'));
  await stands(page, end);
  await page.keyboard.press('Shift+ArrowLeft');
  await stands(page, end - 10);
  await page.getByRole('button', { name: 'Light or dark' }).focus();
  const before = await page.locator('html').getAttribute('data-theme');
  await page.keyboard.press('Space');
  await page.locator(`html:not([data-theme=${before}])`).waitFor();
  assert.equal(await position(page), end - 10);
});

test('Space plays and pauses the race, and no clock that is not there', async () => {
  const { page } = await web.open('#lstm?panel=race&lab=from:start&at=40');
  const play = page.getByRole('button', { name: 'Start the race' });
  await play.click();
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  await pause.waitFor();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await pause.waitFor();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await page.waitForFunction(() => location.hash.includes('at:'));
  assert.match(await page.evaluate(() => location.hash), /[?&]at=40(&|$)/);
});

const SIZES = [
  [1280, 720, 'page'],
  [1280, 720, 'projector'],
  [390, 844, 'page'],
] as const;
for (const { slug, tour, questions } of exhibits) {
  test(`${slug}: Next and Done stay where they are, whatever is pressed`, async () => {
    const [next, done] = ['Tour: next step', 'Done'];
    const answer = (state: string) => ['input', 'button'].map((one) => `.answer ${one}:${state}`).join(', ');
    const presses: Press[] = tour.slice(1).map((_, i) => ({
      press: next,
      until: `.dots li:nth-child(${i + 2}) [aria-current=step]`,
      watch: next,
    }));
    for (const i of questions.keys()) {
      const press = i === 0 ? 'Predict' : 'Next question';
      presses.push({ press, until: answer('enabled'), watch: done });
      presses.push({ press: 'Reveal', until: answer('disabled'), watch: done });
    }
    presses.push({ press: done, until: '.dots', watch: next });
    const { page } = await web.exhibit(slug);
    for (const [[width, height, mode]] of spread(slug, ['all presses'], SIZES)) {
      await page.setViewportSize({ width, height });
      await go(page, `#${slug}?mode=${mode}`);
      const all = await placesAfter(page, presses);
      const first = all[0]?.[0];
      assert.ok(first && first[2] > 40);
      for (const [i, places] of all.entries())
        for (const place of places)
          assert.deepEqual(place, first, `${width} wide, ${mode}: after ${presses[i]?.press}, press ${i + 1}`);
    }
  });
}

test('whatever has the focus shows it, and everything can be reached with Tab', async () => {
  const { page } = await web.open('#rnn');
  await shown(page);
  const names: string[] = [];
  for (let i = 0; i < 90; i++) {
    await page.keyboard.press('Tab');
    const { name, seen } = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      if (element === document.body) return { name: '', seen: true };
      const own = getComputedStyle(element);
      const seen = own.boxShadow !== 'none' || (own.outlineStyle !== 'none' && own.outlineWidth !== '0px');
      return { name: element.getAttribute('aria-label') ?? element.innerText ?? element.id, seen };
    });
    if (name === '') break;
    assert.ok(seen, `the focus on "${name}" cannot be seen`);
    names.push(name);
  }
  for (const name of [
    'Operation',
    'Token',
    'Update',
    'Play updates',
    'Change',
    'Name to read',
    'Run it',
    'Copy link',
  ]) {
    assert.ok(names.includes(name), `Tab does not reach "${name}"`);
  }
});

for (const [width, height] of [
  [1280, 720],
  [1920, 1080],
] as const) {
  test(`${width} × ${height}: home and exhibit are one screen, and nothing stands out of it`, async () => {
    const { page } = await web.open('#rnn', { viewport: { width, height } });
    await shown(page);
    for (const hash of [
      '#rnn?tour=9',
      '#home',
      '#rnn?tour=11',
      '#rnn?tour=9&mode=projector',
      '#home?mode=projector',
      '#rnn?tour=1',
    ]) {
      await go(page, hash);
      await picture(page);
      const size = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return { scrollWidth, scrollHeight };
      });
      assert.deepEqual(size, { scrollWidth: width, scrollHeight: height }, hash);
    }
  });
}

test('on the projector the figure takes the column of text, and its tracks are as wide', async () => {
  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
  ] as const) {
    const { page } = await web.open('#rnn?mode=projector&tour=7', { viewport: { width, height } });
    await shown(page);
    const [figure, track] = [
      await page.locator('.canvas').boundingBox(),
      await page.locator('[data-clock=token] .track').boundingBox(),
    ];
    assert.ok(figure && track && figure.width > 0.62 * width, `${figure?.width} of ${width}`);
    assert.ok(Math.abs(figure.x - track.x) < 1 && Math.abs(figure.width - track.width) < 1, 'one axis');
    // The smallest words, from the back row.
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('main *, section *')].flatMap((element) => {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
        const seen =
          own && element.getBoundingClientRect().height > 0 && !element.closest('.sr, svg, .katex, sub, sup');
        const size = Number.parseFloat(getComputedStyle(element).fontSize);
        return seen && size < innerHeight / 54 ? [`${element.textContent}: ${size}`] : [];
      }),
    );
    assert.deepEqual(small, []);
    for (const name of ['Tour: next step', 'Read', 'Predict', 'Run it', 'Step: right arrow key']) {
      const button = page.getByRole('button', { name, exact: true }).or(page.getByTitle(name)).first();
      assert.ok(await button.isVisible(), name);
    }
  }
});
