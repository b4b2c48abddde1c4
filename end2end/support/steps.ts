import { expect, type Page } from '@playwright/test';
import { type Cast, day, moment, type Trainee } from './cast';
import type { Way } from './ways';

/** What is right in the sample programme. */
const RIGHT: Record<string, string[]> = {
  'Una vecina quiere pagarte. ¿Qué haces?': ['Le dices que el servicio es gratis.'],
  '¿Qué no hace falta para denunciar? Marca dos.': ['Tener marcas.', 'Tener abogado.'],
  'Ante un caso de violencia puedes ofrecer un arreglo entre la pareja.': ['Falso'],
};
const CHECKS = { right: /Que puede denunciar hoy|Que el servicio es gratis/, wrong: /Que espere a tener|Que pague lo que pueda/ };
export const CASE = 'La hago pasar, le pregunto si hay peligro y llamo al 105. Le digo que puede denunciar en la comisaría, sin abogado.';

/** Reads a lesson and passes its checkpoint at the second try; `look` is called where the page changed. */
export async function study(page: Page, way: Way, lesson: string, look = async (_: string) => {}): Promise<void> {
  await page.goto('/course');
  await page.getByRole('link', { name: lesson }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(lesson);
  await expect(page.getByText(/El control 1 se abre cuando leas un poco más/)).toBeVisible();
  await way.study(page);
  await look('an open checkpoint');
  await answerCheck(page, CHECKS.wrong);
  await expect(page.getByText('Esta vez no')).toBeVisible();
  await expect(page.getByText('No. Vuelve a leer la parte.')).toBeVisible();
  await look('a wrong answer');
  await expect(async () => {
    await page.getByRole('link', { name: 'Ver la siguiente pregunta' }).click();
    await expect(page.getByRole('button', { name: 'Responder' })).toBeVisible({ timeout: 500 });
  }).toPass();
  await answerCheck(page, CHECKS.right);
  await expect(page.getByText('Control 1 confirmado')).toBeVisible();
  await look('a passed checkpoint');
}

async function answerCheck(page: Page, option: RegExp): Promise<void> {
  await page.getByRole('radio', { name: option }).check();
  await page.getByRole('button', { name: 'Responder' }).click();
}

/** The judge plans a session of today's past and confirms that she was there. */
export async function session(page: Page, cast: Cast, trainee: Trainee): Promise<void> {
  // An hour ago; just after midnight on yesterday's evening.
  const hourAgo = moment(Date.now() - 3_600_000);
  const { date, time } = hourAgo.date === day() ? hourAgo : { date: day(-1), time: '20:00' };
  await page.goto('/meetings');
  await page.getByLabel('Cohorte').selectOption({ label: cast.title });
  await page.getByRole('checkbox', { name: 'Encuentro de práctica' }).check();
  await page.getByLabel('Fecha').fill(date);
  await page.getByLabel('Hora de inicio').fill(time);
  await page.getByLabel('Lugar').fill('Local comunal de Lamas');
  await page.getByRole('button', { name: 'Planificar sesión' }).click();
  await page.getByRole('checkbox', { name: trainee.name }).check();
  await page.getByRole('button', { name: 'Confirmar' }).click();
  await expect(page.getByText('Se acreditaron las horas de 1 presente de 1.')).toBeVisible();
}

/** Starts the evaluation; answers the address of the attempt. */
export async function startAttempt(page: Page): Promise<string> {
  await page.goto('/evaluations');
  await page.getByRole('button', { name: 'Empezar (1 min)' }).click();
  await expect(page).toHaveURL(/\/attempts\/[0-9a-f-]+\/1$/);
  return new URL(page.url()).pathname.replace(/\/1$/, '');
}

/** Answers the open question, rightly. */
export async function answer(page: Page): Promise<void> {
  const text = page.getByRole('textbox');
  if (await text.count()) return text.fill(CASE);
  const asked = (await page.locator('legend').innerText()).trim();
  const right = RIGHT[asked];
  if (!right) throw new Error(`a question that nobody knows: ${asked}`);
  for (const option of right) await page.getByLabel(option).check();
}

/** Answers every question, each saved before the next, and hands in. */
export async function sit(page: Page, way: Way): Promise<void> {
  await startAttempt(page);
  for (let item = 1; item <= 4; item++) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Pregunta ${item} de 4`);
    await expect(page.getByText(`${item - 1} respondidas, ${5 - item} sin responder`)).toBeVisible();
    await answer(page);
    await way.saved(page);
    await page.getByRole('button', { name: 'Guardar y seguir' }).click();
  }
  await expect(page.getByText('Respondiste todas las preguntas')).toBeVisible();
  await page.getByRole('button', { name: 'Entregar' }).click();
  await expect(page.getByRole('heading', { name: 'Evaluación entregada' })).toBeVisible();
}

/** The judge grades the case, with a page that does not say whose it is; answers what that page held. */
export async function grade(page: Page): Promise<string> {
  await page.goto('/grading');
  await page.getByRole('button', { name: 'Calificar el siguiente' }).click();
  await expect(page.getByText(CASE)).toBeVisible();
  const seen = await page.content();
  await page.getByRole('radio', { name: 'Pregunta por el peligro y llama al 105.' }).check();
  await page.getByRole('radio', { name: 'Dice que puede denunciar, dónde y cómo.' }).check();
  await page.getByRole('button', { name: 'Terminar y seguir' }).click();
  // The critical line is not decided yet: it says so and keeps the rest.
  await expect(page.getByText('Falta responder sí o no.').first()).toBeVisible();
  await page.getByRole('radio', { name: 'No', exact: true }).check();
  await page.getByLabel('Comentario para ella').fill('Muy bien el 105.');
  await page.getByRole('button', { name: 'Terminar y seguir' }).click();
  await expect(page.getByText('No hay casos por calificar')).toBeVisible();
  return seen;
}

/** Staff note what they saw of her papers. */
export async function attest(page: Page, trainee: Trainee): Promise<void> {
  await page.goto(`/staff/enrolments/${trainee.enrolment}`);
  for (const [kind, source] of [['Identidad', 'DNI a la vista'], ['Sin antecedentes', 'Consulta en línea'], ['Respaldo de su organización', 'Carta']] as const) {
    await page.getByLabel('Qué se verificó').selectOption({ label: kind });
    await page.getByRole('radio', { name: 'Cumple', exact: true }).check();
    await page.getByLabel('De dónde salió').fill(source);
    await page.getByLabel('Fecha de la constancia').fill(day());
    await page.getByRole('button', { name: 'Registrar verificación' }).click();
    await expect(page.getByText(source)).not.toHaveCount(0);
  }
}

/** Staff publish the grade. */
export async function release(page: Page): Promise<void> {
  await page.goto('/staff/releases');
  await page.getByRole('button', { name: 'Publicar las elegidas' }).click();
  await expect(page.getByText('No hay notas por publicar')).toBeVisible();
}
