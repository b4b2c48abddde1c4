import type { Page } from '@playwright/test';
import { Orienta } from './orienta';
import { expect, test as journey } from './test';

/** Accounts of the demonstration, as `orienta serve --demo` prints them. */
export const DEMO = {
  judge: '40111001',
  staff: '40111002',
  auditor: '40111003',
  admin: '40111004',
  studying: '70222001',
  begun: '70222002',
  ready: '70222003',
  certified: '70222004',
} as const;

const SECRET = 'demo-orienta';

/** The test on the demonstration: one server a worker, with people at every stage of the way. */
export const test = journey.extend<{ orienta: Orienta }, { demo: Orienta }>({
  demo: [
    async ({}, use) => {
      const demo = await Orienta.start({ args: ['--demo'] });
      await use(demo);
      await demo.dispose();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  orienta: async ({ demo }, use) => use(demo),
});

/** Chooses a language, which goes with the person who is signed in. */
export async function speak(page: Page, language: 'es' | 'en'): Promise<void> {
  await page.locator(`.lang button[value=${language}]`).first().click();
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
}

/** Signs somebody of the demonstration in, in Spanish, whatever language a journey before chose on the same server. */
export async function signIn(page: Page, number: string): Promise<void> {
  await page.goto('/login');
  await page.locator('#number').fill(number);
  await page.locator('#secret').fill(SECRET);
  await page.locator('form[action="/login"] button').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  if (!(await page.locator('html').getAttribute('lang'))?.startsWith('es')) await speak(page, 'es');
}
