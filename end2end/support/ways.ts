import { expect, type Page } from '@playwright/test';

/** How a page is read: the only thing in which a journey without script differs. */
export type Way = {
  /** How the server notes the claim. */
  claim: 'script' | 'form';
  /** Reads the open part until its minute is studied, and goes to its checkpoint. */
  study(page: Page): Promise<void>;
  /** Waits until the page says that the answer is saved; without script it is saved by going on. */
  saved(page: Page): Promise<void>;
};

const MINUTE = 60_000;

/** Keeps the page in use until it says what it should. */
export async function use(page: Page, says: RegExp, timeout = 2 * MINUTE): Promise<void> {
  const line = page.getByRole('status').first();
  let down = true;
  await expect(async () => {
    await page.mouse.wheel(0, down ? 40 : -40);
    down = !down;
    await expect(line).toHaveText(says, { timeout: 400 });
  }).toPass({ timeout, intervals: [100] });
}

/** With script: the study clock counts while she reads. */
export const scripted: Way = {
  claim: 'script',
  async study(page) {
    await use(page, /Ya puedes responder el control/);
    await use(page, /Llevas (4[89] s|5\d s|1 min) de 1 min/);
    await page.getByRole('link', { name: 'Ya puedes responder el control' }).click();
  },
  async saved(page) {
    await expect(page.getByRole('status')).toHaveText(/^Guardado a las /);
  },
};

/** Without script: she reads for a minute and presses the button. */
export const plain: Way = {
  claim: 'form',
  async study(page) {
    const opened = Date.now();
    await expect.poll(() => Date.now() - opened, { timeout: 2 * MINUTE, intervals: [1000] }).toBeGreaterThanOrEqual(MINUTE);
    await page.getByRole('button', { name: 'Terminé' }).click();
  },
  async saved() {},
};
