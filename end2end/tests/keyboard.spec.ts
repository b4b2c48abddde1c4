import type { Locator, Page } from '@playwright/test';
import { DEMO, test } from '../support/demo';
import { expect } from '../support/test';

/** Presses Tab until the element has the focus, which must be seen. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(target).toBeFocused({ timeout: 10 });
  }).toPass({ timeout: 10_000, intervals: [0] });
  const ring = await target.evaluate((element) => {
    const look = (of: Element) => getComputedStyle(of).outlineStyle !== 'none' || getComputedStyle(of).boxShadow !== 'none';
    return look(element) || (element.parentElement !== null && look(element.parentElement));
  });
  expect(ring, 'the focus is seen').toBe(true);
}

test('signing in takes a keyboard and nothing else', async ({ page }) => {
  await page.goto('/login');
  const skip = page.getByRole('link', { name: 'Ir al contenido' });
  await page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('#contenido')).toBeFocused();
  await reach(page, page.getByLabel('Número de documento'));
  await page.keyboard.type(DEMO.studying);
  await reach(page, page.getByLabel('Contraseña'));
  await page.keyboard.type('wrong-password');
  await page.keyboard.press('Enter');
  // Refused: the number stays, the secret goes.
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('Número de documento')).toHaveValue(DEMO.studying);
  await reach(page, page.getByLabel('Contraseña'));
  await page.keyboard.type('demo-orienta');
  await reach(page, page.getByRole('button', { name: 'Ingresar' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/home');
  await reach(page, page.getByRole('link', { name: 'Curso' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/course');
});

test.describe('quick exit', () => {
  const harmless = async (page: Page) => {
    await page.goto('/help');
    const href = (await page.locator('.exit').getAttribute('href')) ?? '';
    expect(href).toMatch(/^https:/);
    await page.context().route((url) => url.href.startsWith(href), (route) => route.fulfill({ body: '<!doctype html><title>El tiempo</title>', contentType: 'text/html' }));
    return href;
  };

  test('three times Escape leaves at once, and back does not return', async ({ page }) => {
    const href = await harmless(page);
    await page.goto('/privacy');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL('/privacy');
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL((url) => url.href.startsWith(href));
    await page.goBack();
    await expect(page).not.toHaveURL('/privacy');
  });

  test('slow presses and other keys do not leave', async ({ page }) => {
    await harmless(page);
    for (const key of ['Escape', 'Escape', 'a', 'Escape', 'Escape']) await page.keyboard.press(key);
    await expect(page).toHaveURL('/help');
  });

  test('every page has it, in the way of the keyboard and of the finger', async ({ page }) => {
    const href = await harmless(page);
    await page.goto('/');
    const exit = page.getByRole('link', { name: 'Salir rápido' });
    await expect(exit).toBeInViewport();
    const box = await exit.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await reach(page, exit);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL((url) => url.href.startsWith(href));
  });

  test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });
    test('it is a link', async ({ page }) => {
      const href = await harmless(page);
      await page.getByRole('link', { name: 'Salir rápido' }).click();
      await expect(page).toHaveURL((url) => url.href.startsWith(href));
    });
  });
});
