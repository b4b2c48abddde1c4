import { test as base, expect } from '@playwright/test';
import { Orienta, SAMPLE, type StartOptions } from './orienta';

export { expect };

type Worker = { start: StartOptions; orienta: Orienta };

/**
 * The test of every journey: one server a worker with the sample programme (`test.use({ start: … })` changes it), pages
 * relative to it, and a failure for each error or warning in the browser's console.
 * Without script: `test.use({ javaScriptEnabled: false })`.
 */
export const test = base.extend<{ quiet: void }, Worker>({
  start: [{ programmes: [SAMPLE] }, { option: true, scope: 'worker' }],
  orienta: [
    async ({ start }, use) => {
      const orienta = await Orienta.start(start);
      await use(orienta);
      await orienta.dispose();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ orienta }, use) => use(orienta.url),
  quiet: [
    async ({ page }, use) => {
      const said: string[] = [];
      page.on('pageerror', (error) => said.push(error.message));
      page.on('console', (message) => {
        // A refusal that the journey wants (422, 404) is told by the browser too.
        const wanted = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
        if (['error', 'warning'].includes(message.type()) && !wanted) said.push(message.text());
      });
      await use();
      expect(said, 'console of the browser').toEqual([]);
    },
    { auto: true },
  ],
});
