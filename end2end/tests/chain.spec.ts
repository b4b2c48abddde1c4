import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Cast, enter, hex, signIn, type Trainee } from '../support/cast';
import type { Orienta } from '../support/orienta';
import { attest, grade, release, session, sit, study } from '../support/steps';
import { expect, test, type Visit } from '../support/test';
import { plain, scripted, type Way } from '../support/ways';
import type { Page } from '@playwright/test';

test.describe.configure({ mode: 'parallel' });

test('from a lesson to a verified certificate, with script', async ({ orienta, page, visit }) => {
  test.setTimeout(300_000);
  await chain(orienta, page, visit, scripted);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('from a lesson to a verified certificate, without script', async ({ orienta, page, visit }) => {
    test.setTimeout(300_000);
    await chain(orienta, page, visit, plain);
  });
});

async function chain(orienta: Orienta, page: Page, visit: Visit, way: Way): Promise<void> {
  const cast = new Cast(orienta);
  const trainee = cast.trainee();
  const verifier = await visit();
  await signIn(verifier, cast.verifier);
  await enter(page, trainee, await codeFromStaff(verifier, trainee));

  await study(page, way, 'Quién puede denunciar');
  await study(page, way, 'El servicio es gratuito');
  const judge = await visit();
  await signIn(judge, cast.judge);
  await session(judge, cast, trainee);
  await page.goto('/hours');
  await expect(page.getByRole('definition').filter({ hasText: '3 min' })).not.toHaveCount(0);

  await sit(page, way);
  const graded = await grade(judge);
  blind(orienta, graded, cast, trainee);
  await release(verifier);
  await attest(verifier, trainee);
  await expect(verifier.getByText('Lo debe emitir otra persona del equipo')).toBeVisible();
  await expect(verifier.getByRole('button', { name: 'Emitir certificado' })).toHaveCount(0);

  const issuer = await visit();
  await signIn(issuer, cast.issuer);
  const number = await issue(issuer, trainee);
  await page.goto('/home');
  await page.getByRole('link', { name: 'Ver mi certificado' }).click();
  await expect(page.getByRole('heading', { name: 'Certificado válido' })).toBeVisible();
  const address = await download(page);
  await download(page, 'Descargar para lector de pantalla');

  const anyone = await visit();
  await verify(anyone, address, number, trainee);
  await revoke(issuer, number);
  await anyone.goto(address);
  await expect(anyone.getByRole('heading', { name: 'Certificado revocado' })).toBeVisible();
  await expect(anyone.getByText('Comisión de prueba')).toBeVisible();
  await page.goto('/certificate');
  await expect(page.getByRole('heading', { name: 'Certificado revocado' })).toBeVisible();

  database(orienta, trainee, number, way);
}

async function codeFromStaff(page: Page, trainee: Trainee): Promise<string> {
  await page.goto(`/staff/enrolments/${trainee.enrolment}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(trainee.name);
  await page.getByRole('button', { name: 'Dar un código' }).click();
  const code = page.getByRole('status').getByText(/^\d{4} \d{4}$/);
  await expect(code).toBeVisible();
  return (await code.innerText()).replace(' ', '');
}

/** Neither her name nor her place nor when she wrote stands in the page that the judge saw. */
function blind(orienta: Orienta, seen: string, cast: Cast, trainee: Trainee): void {
  const [written] = orienta.rows<{ at: string; attempt: string }>`
    select strftime('%H:%M', max(received_at) / 1000, 'unixepoch', '-5 hours') as at, lower(hex(attempt_id)) as attempt from answer`;
  const hour = (written?.at ?? '').replace(/^(\d\d)/, (hours) => String(Number(hours) % 12 || 12));
  const ids = [trainee.enrolment, trainee.person].flatMap((id) => [id, hex(id).toLowerCase()]);
  for (const secret of [...trainee.name.split(' '), trainee.number, cast.title, cast.district, 'Lamas', ` ${hour} `, written?.attempt ?? '?', ...ids]) {
    expect(seen, 'the page of the judge').not.toContain(secret);
  }
}

/** Staff who took no part see the gate open, and issue. */
async function issue(page: Page, trainee: Trainee): Promise<string> {
  await page.goto(`/staff/enrolments/${trainee.enrolment}`);
  for (const met of ['Identidad comprobada', 'Respaldo: Carta', 'Mayoría de edad al inscribirse', 'Horas confirmadas: 3 min de 3 min', 'Lecciones presenciales: 1 de 1', 'Evaluaciones aprobadas: 1 de 1']) {
    await expect(page.getByText(met)).toBeVisible();
  }
  await page.getByRole('button', { name: 'Emitir certificado' }).click();
  const said = page.getByText(/Tiene el certificado ORI-/);
  await expect(said).toBeVisible();
  return /ORI-\d{4}-\d{6}-\w/.exec(await said.innerText())?.[0] ?? '';
}

/** Downloads her certificate; answers the address in its QR. */
async function download(page: Page, which = 'Descargar para imprimir'): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: which }).click()]);
  const path = await file.path();
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  execFileSync('qpdf', ['--check', path], { stdio: 'pipe' });
  const image = execFileSync('pdftoppm', ['-png', '-r', '150', '-f', '1', '-l', '1', path], { maxBuffer: 1 << 26 });
  return execFileSync('zbarimg', ['--quiet', '--raw', '-'], { input: image, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Anyone, without an account: by the QR, and by number and surname. */
async function verify(page: Page, address: string, number: string, trainee: Trainee): Promise<void> {
  const shown = async () => {
    await expect(page.getByRole('heading', { name: 'Certificado válido' })).toBeVisible();
    await expect(page.getByText(trainee.name)).toBeVisible();
    await expect(page.getByText(number)).toBeVisible();
    await expect(page.getByText(trainee.number)).toHaveCount(0);
  };
  await page.goto(address);
  await shown();
  await page.goto('/verify');
  await page.getByLabel('Código o número del certificado').fill(number);
  await page.getByRole('button', { name: 'Comprobar' }).click();
  await page.getByLabel('Primer apellido de la titular').fill(trainee.surname.toLowerCase());
  await page.getByRole('button', { name: 'Comprobar' }).click();
  await shown();
}

async function revoke(page: Page, number: string): Promise<void> {
  await page.getByRole('link', { name: 'Ver el certificado' }).click();
  await expect(page).toHaveURL(`/staff/certificates/${number}`);
  const reason = page.getByRole('option', { name: 'emitido por error' });
  await page.getByLabel('Motivo').selectOption(await reason.getAttribute('value'));
  await page.getByLabel('Explicación').fill('Se emitió dos veces en el papel.');
  await page.getByLabel('Quién lo decidió').fill('Comisión de prueba');
  await page.getByRole('button', { name: 'Revocar' }).click();
  await expect(page.getByText('El estado ya no cambia')).toBeVisible();
}

/** What the journey left, the same with script and without. */
function database(orienta: Orienta, trainee: Trainee, number: string, way: Way): void {
  const her = hex(trainee.enrolment);
  const credited = orienta.rows`select lesson_id, status, sum(seconds) as seconds from hours_entry
    where hex(enrolment_id) = ${her} group by lesson_id, status having sum(seconds) <> 0 order by lesson_id`;
  expect(credited, 'the ledger').toEqual(['a-l1', 'a-l2', 'a-l3'].map((lesson_id) => ({ lesson_id, status: 'confirmed', seconds: 60 })));
  expect(orienta.rows`select distinct kind from claim where hex(enrolment_id) = ${her}`, 'claims').toEqual([{ kind: way.claim }]);
  const studied = orienta.rows<{ ms: number }>`select sum(ends_at - starts_at) as ms from attributed where hex(enrolment_id) = ${her} and kind = 'study' group by lesson_id`;
  expect(studied).toHaveLength(2);
  for (const { ms } of studied) {
    expect(ms, 'attributed of a lesson').toBeGreaterThanOrEqual(48_000);
    expect(ms).toBeLessThanOrEqual(60_000);
  }
  const tries = orienta.rows`select checkpoint_id as id, number, correct from checkpoint_try where hex(enrolment_id) = ${her} order by id, number`;
  expect(tries, 'checkpoints').toEqual(['a-l1-c1', 'a-l2-c1'].flatMap((id) => [{ id, number: 1, correct: 0 }, { id, number: 2, correct: 1 }]));
  expect(orienta.rows`select state, ran_out from attempt where hex(enrolment_id) = ${her}`, 'the attempt').toEqual([{ state: 'released', ran_out: 0 }]);
  expect(orienta.rows`select count(distinct item) as items, max(late) as late from answer`, 'answers').toEqual([{ items: 4, late: 0 }]);
  expect(orienta.rows`select grade, passed from release`, 'the grade').toEqual([{ grade: 2000, passed: 1 }]);
  expect(orienta.rows`select kind, met from requirement_fact order by kind`).toEqual(['backing', 'identity', 'record'].map((kind) => ({ kind, met: 1 })));
  expect(orienta.rows`select number, hex(enrolment_id) = ${her} as hers from certificate`, 'the certificate').toEqual([{ number, hers: 1 }]);
  expect(orienta.rows`select kind from certificate_event order by sequence`).toEqual([{ kind: 'issue' }, { kind: 'revoke' }]);
  expect(orienta.cli('ledger', 'verify')).toContain('everything fits');
  expect(orienta.cli('audit', 'verify')).toContain('everything fits');
}
