import type { Browser, Page } from '@playwright/test';
import { DEMO, signIn, test } from '../support/demo';
import { pages } from '../support/pages';
import { expect, type Visit } from '../support/test';

const KB = 1024;

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
  await page.goto(path, { waitUntil: 'networkidle' });
  if (islands) await expect.poll(() => wasm).toBe(true);
  await Promise.all(came);
  return bytes;
}

/** A browser that never saw the product: her session, not her cache. */
async function cold(browser: Browser, visit: Visit, baseURL: string, account: string): Promise<Page> {
  const first = await browser.newContext({ baseURL });
  const page = await first.newPage();
  await signIn(page, account);
  const storageState = await first.storageState();
  await first.close();
  return visit({ storageState });
}

function say(name: string, bytes: Bytes): void {
  test.info().annotations.push({ type: 'bytes', description: `${name}: ${JSON.stringify(bytes)}` });
  console.log(`${name}: page ${bytes.page}, style ${bytes.style}, other ${bytes.other}, script ${bytes.script}`);
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

test('course, lesson and evaluation', async ({ browser, visit, orienta }) => {
  const lesson = orienta.rows<{ lesson: string; part: number }>`select lesson_id as lesson, max(part) + 1 as part from reading group by lesson_id`;
  const addresses: [string, string, boolean][] = [['course', '/course', false], ['home', '/home', false], ['evaluations', '/evaluations', false]];
  for (const { lesson: id, part } of lesson) for (let n = 1; n <= part; n++) addresses.push([`lesson ${id}/${n}`, `/course/${id}/${n}`, true]);
  for (const [name, path, islands] of addresses) {
    const page = await cold(browser, visit, orienta.url, DEMO.ready);
    const bytes = await weigh(page, path, islands);
    say(name, bytes);
    expect.soft(bytes.page + bytes.style, name).toBeLessThanOrEqual(20 * KB);
    expect.soft(bytes.script, `script of ${name}`).toBeLessThanOrEqual(islands ? 150 * KB : 0);
    await page.context().close();
  }
});
