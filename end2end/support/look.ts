import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export type Look = { width: number; height: number; colorScheme: 'light' | 'dark' };

// High enough that the bar with the buttons, which stays in view, covers nothing while axe measures.
const narrow = { width: 320, height: 640 };
const wide = { width: 1280, height: 2400 };

/** Every width in every colour scheme. */
export const ALL: Look[] = [narrow, wide].flatMap((size) => [
  { ...size, colorScheme: 'light' },
  { ...size, colorScheme: 'dark' },
]);
/** Every width and every colour scheme, once: for another language, where only the words differ. */
export const SOME: Look[] = [
  { ...narrow, colorScheme: 'light' },
  { ...wide, colorScheme: 'dark' },
];

/** Looks at the open page: what axe finds, and what does not fit. */
export async function faults(page: Page, name: string, looks = ALL): Promise<string[]> {
  const found: string[] = [];
  const before = page.viewportSize();
  for (const { width, height, colorScheme } of looks) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
    for (const { id, nodes } of (await axe.analyze()).violations) {
      found.push(`${name}, ${width} ${colorScheme}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) found.push(`${name}, ${width}: scrolls sideways by ${over} px`);
  }
  if (before) await page.setViewportSize(before);
  return found;
}
