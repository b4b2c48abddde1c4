import type { Page } from '@playwright/test';
import { DEMO, signIn, speak, test } from '../support/demo';
import { ALL, faults, SOME } from '../support/look';
import { pages } from '../support/pages';
import { expect } from '../support/test';

test.describe.configure({ mode: 'parallel' });

const ROLES = ['visitor', 'trainee who studies', 'trainee who began', 'trainee with a certificate', 'judge', 'staff', 'auditor', 'admin'];

test('no page of the demonstration is forgotten', ({ demo }) => {
  expect(Object.keys(pages(demo))).toEqual(ROLES);
  const paths = Object.values(pages(demo)).flatMap((role) => role.shown.map(({ path }) => path));
  expect(paths.filter((path) => path.includes('none'))).toEqual([]);
});

for (const language of ['es', 'en'] as const) {
  for (const role of ROLES) {
    test(`pages of a ${role}, ${language}`, async ({ page, demo }) => {
      test.setTimeout(180_000);
      const { account, shown } = pages(demo)[role] ?? { account: null, shown: [] };
      if (account) await signIn(page, account);
      else await page.goto('/');
      await speak(page, language);
      const found: string[] = [];
      for (const { name, path } of shown) {
        await page.goto(path);
        await expect(page.locator('html'), name).toHaveAttribute('lang', new RegExp(`^${language}`));
        found.push(...(await faults(page, name, language === 'es' ? ALL : SOME)));
      }
      expect(found).toEqual([]);
    });
  }
}

test('pages on the way: an attempt, a case to grade, a roll to take, refused forms', async ({ page, visit }) => {
  test.setTimeout(180_000);
  const found: string[] = [];
  const look = async (name: string, page: Page) => void found.push(...(await faults(page, name)));

  await test.step('an attempt', async () => {
    await signIn(page, DEMO.studying);
    await page.goto('/evaluations');
    await page.getByRole('main').locator('form button, a.btn').first().click();
    await expect(page).toHaveURL(/\/attempts\//);
    await look('attempt', page);
    await page.getByRole('radio').or(page.getByRole('checkbox')).first().check();
    await expect(page.getByRole('status')).toContainText('Guardado');
    await look('attempt saved', page);
    await page.getByRole('button', { name: 'Guardar y revisar todo' }).click();
    await look('review', page);
  });

  await test.step('a case', async () => {
    const judge = await visit();
    await signIn(judge, DEMO.judge);
    await judge.goto('/grading');
    await judge.getByRole('main').locator('form button').click();
    await look('case', judge);
    await judge.getByRole('button', { name: 'Terminar y seguir' }).click();
    await look('case refused', judge);
    await judge.goto('/grading');
    await look('grading with a case held', judge);
    await judge.goto('/meetings');
    await judge.getByRole('button', { name: 'Planificar sesión' }).click();
    await look('meeting refused', judge);
    await judge.getByLabel('Fecha').fill('2026-10-01');
    await judge.getByLabel('Hora de inicio').fill('09:00');
    await judge.getByLabel('Lugar').fill('Local comunal');
    await judge.getByRole('checkbox').first().check();
    await judge.getByRole('button', { name: 'Planificar sesión' }).click();
    await expect(judge.getByRole('button', { name: 'Confirmar' })).toBeVisible();
    await look('roll', judge);
  });

  await test.step('forms of staff', async () => {
    const staff = await visit();
    await signIn(staff, DEMO.staff);
    await staff.goto('/staff/people');
    await staff.getByRole('button', { name: 'Agregar persona' }).click();
    await look('add refused', staff);
    await staff.goto('/staff');
    await staff.getByRole('link', { name: 'Lamas 2026-II' }).click();
    await staff.getByRole('link', { name: /Elsa/ }).click();
    await staff.getByRole('button', { name: 'Registrar verificación' }).click();
    await look('verification refused', staff);
    await staff.getByRole('button', { name: 'Dar un código' }).click();
    await look('code', staff);
    await staff.getByRole('button', { name: 'Imprimir tarjeta' }).click();
    await look('card', staff);
  });

  await test.step('sign-in', async () => {
    const visitor = await visit();
    await visitor.goto('/login');
    await visitor.getByRole('button', { name: 'Ingresar' }).click();
    await look('sign-in refused', visitor);
    // A phone that knows her asks for the PIN.
    await page.context().clearCookies({ name: '__Host-session' });
    await page.goto('/login');
    await expect(page.getByLabel('PIN')).toBeVisible();
    await look('sign-in on a known phone', page);
  });
  expect(found).toEqual([]);
});
