import { Cast, day, desk, enter, signIn } from '../support/cast';
import type { Orienta } from '../support/orienta';
import { expect, test } from '../support/test';
import type { Page } from '@playwright/test';

test.describe.configure({ mode: 'parallel' });

const LESSON = 'El servicio es gratuito';
// A red square of 8 × 8 pixels.
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGPcIiLHgA0wYRUdtBIAuYIA9oL96OIAAAAASUVORK5CYII=', 'base64');

test('a judge who knows no Markdown writes, another publishes, and who studies is not disturbed', async ({ orienta, page, visit }) => {
  test.setTimeout(240_000);
  await written(orienta, page, visit, true);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a judge writes and another publishes without script', async ({ orienta, page, visit }) => {
    test.setTimeout(240_000);
    await written(orienta, page, visit, false);
  });
});

async function written(orienta: Orienta, page: Page, visit: () => Promise<Page>, script: boolean): Promise<void> {
  const cast = new Cast(orienta);
  const reviewer = desk(orienta, 'judge', 'Elena', 'Torres');
  const reader = cast.trainee('Anastasia', 'Fasabi');
  await enter(page, reader, cast.code(reader));
  await openLesson(page);
  await expect(page.getByText('no te debe nada')).toBeVisible();
  // She is in the lesson: the button of the part, without script, or half a minute of reading tells it.
  if (!script) await page.getByRole('button', { name: /Continuar|Terminé/ }).first().click();
  else await page.goto('/home');

  const judge = await visit();
  await signIn(judge, cast.judge);
  await judge.getByRole('link', { name: 'Contenido', exact: true }).click();
  await judge.getByRole('link', { name: 'Módulo de muestra' }).click();
  await judge.getByRole('button', { name: new RegExp(`Editar en español.*${LESSON}`) }).click();
  await upload(judge);
  const text = judge.getByLabel(/Se escribe como un mensaje/);
  await piece(judge, 'Tabla');
  await expect(text).toHaveValue(/\| Primera situación \|/);
  await judge.getByText('Insertar una tabla', { exact: false }).click();
  await judge.getByRole('button', { name: 'Insertar esta imagen' }).click();
  await expect(text).toHaveValue(/!\[Una mano dice no\]\(media\//);

  const before = await text.inputValue();
  const start = before.indexOf('Si alguien quiere pagarte');
  const end = before.indexOf('|', start);
  const checkpoint = before.indexOf('```checkpoint');
  await text.fill(`${before.slice(0, start)}Nadie paga por tu ayuda. Ni con plata, ni con regalos, ni con favores.\n\n${before.slice(end, checkpoint)}`);
  // Without a checkpoint it cannot go to review: the editor says so, and the button brings a new one.
  if (script) await expect(judge.getByText('Falta el control', { exact: false }).first()).toBeVisible();
  await piece(judge, 'Control');
  await expect(text).toHaveValue(/Escribe aquí la pregunta/);
  const typed = (await text.inputValue())
    .replaceAll('Escribe aquí la pregunta', 'Un vecino te ofrece una gallina. ¿Qué haces?')
    .replaceAll('La respuesta correcta', 'Le agradezco y no la recibo.')
    .replaceAll('Por qué es correcta', 'Así es: un regalo también es un pago.')
    .replaceAll('Una respuesta equivocada', 'La recibo, porque es poco.')
    .replaceAll('Otra respuesta equivocada', 'Le pido dinero en su lugar.')
    .replaceAll('Por qué no', 'No: el servicio es gratuito.')
    .replace('minutes: 3', 'minutes: 1');
  await text.fill(typed);
  if (script) {
    await expect(judge.getByRole('status').getByText(/Guardado a las/)).toBeVisible();
    await expect(judge.getByRole('heading', { level: 3, name: LESSON })).toBeVisible();
  }
  await judge.getByRole('button', { name: 'Enviar a revisión' }).click();
  await expect(judge.getByText('Este texto es suyo: lo publica otro juez.')).toBeVisible();

  const other = await visit();
  await signIn(other, reviewer);
  await other.goto('/author');
  await other.getByRole('link', { name: LESSON }).click();
  await expect(other.getByText('Nadie paga por tu ayuda', { exact: false }).first()).toBeVisible();
  await other.getByRole('button', { name: 'Publicar' }).click();
  await expect(other.getByText('Publicado').first()).toBeVisible();

  await openLesson(page);
  await expect(page.getByText('no te debe nada')).toBeVisible();
  await expect(page.getByText('Nadie paga por tu ayuda')).toHaveCount(0);
  // A cohort that begins now takes the new text, with its picture, table and checkpoint.
  const what = ['--programme', 'muestra', '--title', 'Cohorte nueva', '--district', 'san-martin', '--at', 'Lamas'];
  const cohort = orienta.cli('people', 'cohort', ...what, '--from', day(-1), '--to', day(30), '--judge', cast.judge.person);
  const fresh = cast.trainee('Benita', 'Sinarahua');
  const person = orienta.cli('people', 'add', '--given-names', 'Norma', '--paternal-surname', 'Pinedo', '--number', '41990001', '--birth-date', '1990-02-03', '--role', 'trainee');
  const enrolment = orienta.cli('people', 'enrol', '--person', person, '--cohort', cohort);
  const norma = { ...fresh, name: 'Norma Pinedo', number: '41990001', person, enrolment };
  const phone = await visit();
  await enter(phone, norma, cast.code(norma));
  await openLesson(phone);
  await expect(phone.getByText('Nadie paga por tu ayuda', { exact: false })).toBeVisible();
  await expect(phone.getByRole('cell', { name: 'Primera situación' })).toBeVisible();
  const picture = phone.getByRole('img', { name: 'Una mano dice no' });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(8);
}

async function openLesson(page: Page): Promise<void> {
  await page.goto('/course');
  await page.getByRole('link', { name: LESSON }).click();
  await expect(page.getByRole('heading', { level: 1, name: LESSON })).toBeVisible();
}

async function upload(judge: Page): Promise<void> {
  await judge.getByLabel('Foto o dibujo').setInputFiles({ name: 'mano.png', mimeType: 'image/png', buffer: PICTURE });
  await judge.getByLabel('Qué se ve en la imagen').fill('Una mano dice no');
  await judge.getByRole('button', { name: 'Subir', exact: true }).click();
  await expect(judge.getByRole('heading', { level: 1, name: LESSON })).toBeVisible();
}

/** Puts a ready-made piece in. */
async function piece(judge: Page, name: string): Promise<void> {
  await judge.getByText('Insertar una tabla', { exact: false }).click();
  await judge.getByRole('button', { name, exact: true }).click();
}

/** What each type needs, by the names of its fields; a number is the option that is right. */
const TYPES: Record<string, { fields: Record<string, string>; right?: number[] }> = {
  'single-choice': { fields: { 'option-1-text-es': 'Al 105', 'option-1-feedback-es': 'Así es.', 'option-2-text-es': 'Al vecino', 'option-2-feedback-es': 'No: llama al 105.' }, right: [1] },
  'multiple-choice': {
    fields: { 'option-1-text-es': 'Escucho', 'option-1-feedback-es': 'Sí.', 'option-2-text-es': 'Pregunto', 'option-2-feedback-es': 'Sí.', 'option-3-text-es': 'Prometo', 'option-3-feedback-es': 'No se promete.' },
    right: [1, 2],
  },
  'true-false': { fields: { 'option-1-feedback-es': 'Así es.', 'option-2-feedback-es': 'No: es gratis.' }, right: [1] },
  'short-answer': { fields: { 'accepted-1-text-es': 'gratis', 'accepted-1-feedback-es': 'Así es.' } },
  case: {
    fields: { points: '4', 'criterion-1-title-es': 'Cuida la seguridad', 'criterion-1-level-1-text-es': 'No pregunta.', 'criterion-1-level-2-text-es': 'Pregunta.', 'criterion-1-level-3-text-es': 'Pregunta y llama.' },
  },
};

test('five questions of five types, seen as she will see them, reviewed and published', async ({ orienta, visit }) => {
  test.setTimeout(240_000);
  const cast = new Cast(orienta);
  const reviewer = desk(orienta, 'judge', 'Elena', 'Torres');
  const [judge, other] = [await visit(), await visit()];
  await signIn(judge, cast.judge);
  await signIn(other, reviewer);
  for (const [kind, what] of Object.entries(TYPES)) {
    const prompt = `¿Qué haces primero? (${kind})`;
    await judge.goto('/author/modules/a');
    await judge.getByRole('button', { name: 'Nueva pregunta' }).click();
    await judge.getByLabel('Tipo de pregunta').selectOption(kind);
    await judge.getByRole('button', { name: 'Cambiar el tipo' }).click();
    await judge.locator('[name="prompt-es"]').fill(prompt);
    await judge.locator('[name="tag-new"]').fill('prueba');
    for (const [name, value] of Object.entries(what.fields)) await judge.locator(`[name="${name}"]`).fill(value);
    for (const option of what.right ?? []) await judge.locator(`[name="right"][value="${option}"]`).check();
    await judge.getByRole('button', { name: 'Actualizar la vista' }).click();
    await expect(judge.getByText(prompt).last()).toBeVisible();
    await judge.getByRole('button', { name: 'Enviar a revisión' }).click();
    await expect(judge.getByText('Este texto es suyo: lo publica otro juez.')).toBeVisible();
    await other.goto('/author');
    await other.getByRole('link', { name: prompt }).click();
    await other.getByRole('button', { name: 'Publicar' }).click();
    await expect(other.getByText('Publicado').first()).toBeVisible();
  }
  await other.goto('/author/modules/a');
  for (const kind of Object.keys(TYPES)) await expect(other.getByText(`¿Qué haces primero? (${kind})`)).not.toHaveCount(0);
});
