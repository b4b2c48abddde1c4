import { Cast, enter, hex, moment, signIn, type Trainee } from '../support/cast';
import type { Orienta } from '../support/orienta';
import { expect, test } from '../support/test';
import type { Page } from '@playwright/test';

const LESSON = '/course/a-l1/1';
const IDLE = 5_000; // idle_after of the sample programme
const AHEAD = 2 * 3_600_000;

/** Scrolls now and then until `ms` have passed. */
async function use(page: Page, ms: number): Promise<void> {
  const began = Date.now();
  let turn = 0;
  await expect
    .poll(async () => (await page.mouse.wheel(0, turn++ % 2 ? 40 : -40), Date.now() - began), { timeout: 2 * ms + 5_000, intervals: [200] })
    .toBeGreaterThan(ms);
}

async function pass(since: number, ms: number): Promise<void> {
  await expect.poll(() => Date.now() - since, { timeout: ms + 10_000 }).toBeGreaterThan(ms);
}

const attributed = (orienta: Orienta, trainee: Trainee) =>
  orienta.rows<{ starts_at: number; ends_at: number }>`select starts_at, ends_at from attributed where hex(enrolment_id) = ${hex(trainee.enrolment)} order by starts_at`;

test('a clock that is two hours ahead changes nothing', async ({ orienta, page }) => {
  const cast = new Cast(orienta);
  const trainee = cast.trainee();
  await page.addInitScript((ahead) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...args: ConstructorParameters<typeof Real> | []) {
        if (args.length) super(...(args as ConstructorParameters<typeof Real>));
        else super(Real.now() + ahead);
      }
      static override now() {
        return Real.now() + ahead;
      }
    } as DateConstructor;
  }, AHEAD);
  await enter(page, trainee, cast.code(trainee));
  const began = Date.now();
  await page.goto(LESSON);
  await expect(page.getByRole('status')).toContainText('Llevas');
  await use(page, 8_000);
  await expect(page.getByRole('status')).toHaveText(/Llevas ([4-9]|1\d) s de 1 min/);
  await page.close();
  const rows = attributed(orienta, trainee);
  const sum = rows.reduce((ms, row) => ms + row.ends_at - row.starts_at, 0);
  expect(sum, 'counted as with a right clock').toBeGreaterThan(4_000);
  for (const row of rows) {
    expect(row.starts_at).toBeGreaterThanOrEqual(began);
    expect(row.ends_at).toBeLessThanOrEqual(Date.now());
  }
  const claims = orienta.rows<{ clock_offset: number; outcome: string }>`select clock_offset, outcome from claim`;
  for (const claim of claims) {
    expect(Math.abs(claim.clock_offset + AHEAD), 'the offset was measured').toBeLessThan(5_000);
    expect(claim.outcome).not.toContain('queued');
  }
});

test('a lid that is closed in the middle counts nothing', async ({ orienta, page }) => {
  test.setTimeout(120_000);
  const cast = new Cast(orienta);
  const trainee = cast.trainee();
  await enter(page, trainee, cast.code(trainee));
  await page.goto(LESSON);
  await expect(page.getByRole('status')).toContainText('Llevas');
  await use(page, 5_000);
  const system = await page.context().newCDPSession(page);
  const closed = Date.now();
  await system.send('Page.setWebLifecycleState', { state: 'frozen' });
  await pass(closed, 4 * IDLE);
  await system.send('Page.setWebLifecycleState', { state: 'active' });
  const open = Date.now();
  await use(page, 5_000);
  const left = Date.now();
  await page.close();
  const rows = attributed(orienta, trainee);
  const sum = rows.reduce((ms, row) => ms + row.ends_at - row.starts_at, 0);
  expect(sum, 'what was used before and after').toBeGreaterThan(5_000);
  expect(sum, 'and at most the idle limit more').toBeLessThanOrEqual(5_000 + IDLE + (left - open) + 1_000);
  const asleep = closed + IDLE + 1_000;
  for (const row of rows) expect(row.starts_at < asleep && row.ends_at > open - 1_000, 'no time of the closed lid').toBe(false);
});

test('a dispute is answered where she wrote it', async ({ orienta, page, visit }) => {
  const cast = new Cast(orienta);
  const trainee = cast.trainee();
  await enter(page, trainee, cast.code(trainee));
  await page.goto('/hours');
  await page.getByRole('link', { name: 'Falta algo' }).click();
  // Too short: said beside the field, and kept.
  await page.getByLabel('¿Qué falta?').fill('El taller');
  await page.getByRole('button', { name: 'Enviar' }).click();
  await expect(page.getByLabel('¿Qué falta?')).toHaveValue('El taller');
  await page.getByLabel('¿Qué falta?').fill('Falta el taller del domingo, de nueve a diez.');
  await page.getByRole('button', { name: 'Enviar' }).click();
  await expect(page.getByText('Espera respuesta')).toBeVisible();

  const staff = await visit();
  await signIn(staff, cast.verifier);
  await staff.goto('/staff/disputes');
  await staff.getByRole('link', { name: trainee.name }).click();
  await expect(staff.getByText('Falta el taller del domingo, de nueve a diez.')).toBeVisible();
  await staff.getByLabel('Respuesta').fill('Revisamos la lista del domingo: tu nombre no está. Habla con la jueza.');
  await staff.getByRole('button', { name: 'Enviar la respuesta' }).click();
  await staff.goto('/staff/disputes');
  await expect(staff.getByText('No hay reclamos por responder')).toBeVisible();

  await page.goto('/hours');
  await expect(page.getByText('Respondido')).toBeVisible();
  await page.getByRole('listitem').filter({ hasText: 'Respondido' }).getByRole('link').click();
  await expect(page.getByText('Revisamos la lista del domingo')).toBeVisible();
  expect(orienta.cli('ledger', 'verify')).toContain('everything fits');
});

test('she checks in with the code, and the judge confirms the roll after the session', async ({ orienta, page, visit }) => {
  test.setTimeout(180_000);
  const cast = new Cast(orienta);
  const trainee = cast.trainee();
  // A session of one minute, with time enough for her to come.
  const start = Date.now() % 60_000 < 30_000 ? Date.now() : Date.now() + 60_000;
  const { date, time } = moment(start);
  const judge = await visit();
  await signIn(judge, cast.judge);
  await judge.goto('/meetings');
  await judge.getByLabel('Cohorte').selectOption({ label: cast.title });
  await judge.getByRole('checkbox', { name: 'Encuentro de práctica' }).check();
  await judge.getByLabel('Fecha').fill(date);
  await judge.getByLabel('Hora de inicio').fill(time);
  await judge.getByLabel('Lugar').fill('Local comunal de Lamas');
  await judge.getByRole('button', { name: 'Planificar sesión' }).click();
  await judge.getByRole('link', { name: 'Mostrar el código' }).click();
  await expect(judge.getByRole('img', { name: 'Código QR que abre el registro de esta sesión' })).toBeVisible();
  const code = async () => (await judge.locator('.big').innerText()).replace(/\D/g, '');

  await enter(page, trainee, cast.code(trainee));
  await page.goto('/home');
  await page.getByRole('link', { name: 'Registrar mi asistencia con el código' }).click();
  const wrong = String((Number(await code()) + 1) % 1_000_000).padStart(6, '0');
  await page.getByLabel('Código de 6 números').fill(wrong);
  await page.getByRole('button', { name: 'Registrar mi llegada' }).click();
  await expect(page.locator('#code-e')).toContainText('Te quedan 4 intentos.');
  await page.getByLabel('Código de 6 números').fill(await code());
  await page.getByRole('button', { name: 'Registrar mi llegada' }).click();
  await expect(page.getByText('Tu llegada quedó anotada')).toBeVisible();

  await judge.goto(judge.url().replace(/\/code$/, ''));
  await expect(judge.getByText(/Ella registró: llegó a las/)).toBeVisible();
  await expect(judge.getByText('La lista todavía no dice nada.')).toBeVisible();
  await judge.getByRole('checkbox', { name: trainee.name }).check();
  await judge.getByRole('button', { name: 'Guardar' }).click();
  await expect(judge.getByText('Guardado: 1 presente de 1')).toBeVisible();
  await expect(judge.getByText(/Se confirma cuando termina la sesión/)).toBeVisible();
  await expect(judge.getByRole('button', { name: 'Confirmar' }), 'not before its end').toBeHidden();
  expect(attributed(orienta, trainee)).toEqual([]);
  await expect(async () => {
    await judge.reload();
    await judge.getByRole('button', { name: 'Confirmar' }).click();
    await expect(judge.getByText('Se acreditaron las horas de 1 presente de 1.')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 120_000, intervals: [2_000] });
  expect(attributed(orienta, trainee)).toHaveLength(1);
  await page.goto('/hours');
  await expect(page.getByText('Encuentro de práctica').first()).toBeVisible();
  expect(orienta.cli('ledger', 'verify')).toContain('everything fits');
});
