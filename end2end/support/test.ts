import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { Orienta, SAMPLE, type StartOptions } from './orienta';

export { expect };

/** Opens a page in a browser of its own: another person, or another device of hers. */
export type Visit = (options?: BrowserContextOptions) => Promise<Page>;

type Journey = {
  start: StartOptions;
  /** What the browser's console may say, because the journey wants it. */
  tolerated: RegExp[];
  orienta: Orienta;
  /** Watches the console of a browser; its faults fail the test at the end. */
  watch: (context: BrowserContext) => void;
  visit: Visit;
};

/**
 * The test of every journey: a server of its own with the sample programme (`test.use({ start: … })` changes it), pages
 * relative to it, and a failure for each error or warning in any browser's console.
 * Without script: `test.use({ javaScriptEnabled: false })`.
 */
export const test = base.extend<Journey & { quiet: void }>({
  start: [{ programmes: [SAMPLE] }, { option: true }],
  tolerated: [[], { option: true }],
  orienta: async ({ start }, use) => {
    const orienta = await Orienta.start(start);
    await use(orienta);
    await orienta.dispose();
  },
  baseURL: async ({ orienta }, use) => use(orienta.url),
  watch: async ({ tolerated }, use) => {
    const said: string[] = [];
    await use((context) => {
      context.on('weberror', (fault) => said.push(fault.error().message));
      context.on('console', (message) => {
        // A refusal that the journey wants (422, 404) is told by the browser too.
        const wanted = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
        const isFault = ['error', 'warning'].includes(message.type());
        if (isFault && !wanted && !tolerated.some((text) => text.test(message.text()))) said.push(message.text());
      });
    });
    expect(said, 'console of the browsers').toEqual([]);
  },
  quiet: [async ({ context, watch }, use) => (watch(context), use()), { auto: true }],
  visit: async ({ browser, watch, baseURL, javaScriptEnabled, viewport }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL, javaScriptEnabled, viewport, ...options });
      opened.push(context);
      watch(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});
