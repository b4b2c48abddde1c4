import type { BrowserContext, Page } from '@playwright/test';
import { DEMO, signIn, test } from '../support/demo';
import { pages } from '../support/pages';
import { expect } from '../support/test';

const KB = 1024;

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;
type Bytes = { page: number; style: number; other: number; script: number };

/** Opens an address with a cold cache; answers what came over the wire, headers and bodies, as brotli makes them. */
async function weigh(page: Page, path: string, islands: boolean): Promise<Bytes> {
  const bytes: Bytes = { page: 0, style: 0, other: 0, script: 0 };
  const came: Promise<void>[] = [];
  let wasm = false;
  page.on('requestfinished', (request) => {
    const count = async () => {
      const { responseBodySize, responseHeadersSize } = await request.sizes();
      const { pathname } = new URL(request.url());
      const kind = pathname.startsWith('/v/') ? (pathname.endsWith('.css') ? 'style' : pathname.includes('/pkg/') ? 'script' : 'other') : 'page';
      if (!pathname.startsWith('/api/')) bytes[kind] += responseBodySize + responseHeadersSize;
      if (pathname.endsWith('.wasm')) wasm = true;
      const packed = (await request.response())?.headers()['content-encoding'];
      if (responseBodySize > 1000) expect(packed, pathname).toBe('br');
    };
    came.push(count());
  });
  await page.goto(path);
  if (islands) await expect.poll(() => wasm).toBe(true);
  await expect.poll(() => bytes.other, 'the icon came too').toBeGreaterThan(0);
  await Promise.all(came);
  return bytes;
}

function say(name: string, bytes: Bytes): void {
  test.info().annotations.push({ type: 'bytes', description: `${name}: ${JSON.stringify(bytes)}` });
}

for (const language of ['es-PE', 'en']) {
  test(`what a visitor sees fits in one round trip, ${language}`, async ({ visit, demo }) => {
    const { shown } = pages(demo)['visitor'] ?? { shown: [] };
    for (const { name, path } of shown.filter(({ name }) => /^(landing|sign-in|verify|help)/.test(name))) {
      const page = await visit({ locale: language });
      const bytes = await weigh(page, path, false);
      say(`${name} ${language}`, bytes);
      expect.soft(bytes.page + bytes.style + bytes.other, name).toBeLessThanOrEqual(14 * KB);
      expect.soft(bytes.script, `script of ${name}`).toBe(0);
    }
  });
}

/** The cookies of somebody who signed in, for a browser without her cache. */
async function session(page: Page, account: string): Promise<StorageState> {
  await signIn(page, account);
  return page.context().storageState();
}

test('course, lessons and an evaluation', async ({ page, visit, orienta }) => {
  test.setTimeout(240_000);
  const storageState = await session(page, DEMO.studying);
  await page.goto('/evaluations');
  await page.getByRole('main').locator('form button, a.btn').first().click();
  await expect(page).toHaveURL(/\/attempts\//);
  const attempt = new URL(page.url()).pathname;
  const parts = orienta.rows<{ lesson: string; part: number }>`select lesson_id as lesson, part + 1 as part from reading group by lesson_id, part
    having part in (0, (select max(part) from reading longest where longest.lesson_id = reading.lesson_id))`;
  const lessons = parts.map(({ lesson, part }) => `/course/${lesson}/${part}`);
  // The text of many parts; the program once, because it is the same for all.
  for (const path of ['/home', '/course', '/evaluations', '/hours', ...lessons, attempt]) {
    const text = await visit({ storageState, javaScriptEnabled: false });
    const bytes = await weigh(text, path, false);
    say(path, bytes);
    expect.soft(bytes.page + bytes.style, path).toBeLessThanOrEqual(20 * KB);
    expect.soft(bytes.script, `program of ${path} where none runs`).toBe(0);
    await text.context().close();
  }
  for (const path of [lessons[0] ?? '', attempt]) {
    const bytes = await weigh(await visit({ storageState }), path, true);
    say(`${path} with its program`, bytes);
    expect.soft(bytes.script, `program of ${path}`).toBeLessThanOrEqual(150 * KB);
  }
});

test('desks', async ({ visit, browser, baseURL, demo }) => {
  test.setTimeout(120_000);
  for (const role of ['judge', 'staff', 'auditor', 'admin']) {
    const { account, shown } = pages(demo)[role] ?? { account: null, shown: [] };
    const desk = await browser.newPage({ baseURL });
    const storageState = await session(desk, account ?? '');
    await desk.context().close();
    for (const { name, path } of shown) {
      const bytes = await weigh(await visit({ storageState }), path, false);
      say(`${role} ${name}`, bytes);
      expect.soft(bytes.page + bytes.style, `${role} ${name}`).toBeLessThanOrEqual(40 * KB);
      // The editor of a text saves while it is typed; every other desk works without the program.
      expect.soft(bytes.script, `${role} ${name}`).toBeLessThanOrEqual(name.includes('editor') ? 150 * KB : 0);
    }
  }
});

test('the text shows before anything of the program comes', async ({ page, visit }) => {
  const storageState = await session(page, DEMO.studying);
  const reader = await visit({ storageState });

  await test.step('a program that never arrives keeps no text back', async () => {
    let asked = 0;
    await reader.route('**/pkg/**', () => void asked++);
    await reader.goto('/course/m4-l4/1', { waitUntil: 'commit' });
    await expect(reader.locator('.prose')).toBeVisible();
    await expect.poll(() => asked).toBeGreaterThan(0);
    await reader.unrouteAll({ behavior: 'ignoreErrors' });
  });

  await test.step('on a slow phone the first text shows within 1.5 s of the first byte, and before the program is asked for', async () => {
    const slow = await visit({ storageState });
    const cdp = await slow.context().newCDPSession(slow);
    await cdp.send('Network.enable');
    // Slow 3G as the developer tools have it: 400 kbit/s, 2 s of latency there, 400 ms here as on a real one.
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await slow.goto('/course/m4-l4/1', { waitUntil: 'load' });
    const times = () =>
      slow.evaluate(() => {
        const page = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming;
        const program = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/pkg/')) as PerformanceResourceTiming[];
        return { firstByte: page.responseStart, text: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, program: program.map(({ startTime, responseStart }) => ({ startTime, responseStart })) };
      });
    await expect.poll(async () => (await times()).program.length, { timeout: 30_000 }).toBe(2);
    const { firstByte, text, program } = await times();
    test.info().annotations.push({ type: 'times', description: JSON.stringify({ firstByte, text, program }) });
    expect(text - firstByte).toBeLessThanOrEqual(1500);
    for (const { responseStart } of program) expect(responseStart, 'no byte of the program before the text').toBeGreaterThanOrEqual(text);
  });
});
