import type { Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { Cast, enter, signIn, type Trainee } from '../support/cast';
import { Detector, everything, harm, hostileProgramme, payloads, seen } from '../support/hostile';
import { binary, type StartOptions } from '../support/orienta';
import { expect, test as journey } from '../support/test';
import { use } from '../support/ways';

/** Without the content policy: what stands behind it must hold alone. */
journey.use({ bypassCSP: true });
journey.describe.configure({ mode: 'parallel' });

const MINUTE = 60_000;
const ALL = everything();
/** The same as a form takes it: nobody types a NUL, and a form that carries one is refused as a whole (400). */
const TYPED = ALL.replaceAll('\0', '');

/** Names of payloads that `curriculum load` refused, each with its file and line. */
let refused = new Set<string>();

/** A server with attacks in every text of its programme. */
const test = journey.extend<{ detector: Detector }>({
  start: async ({}, use) => {
    let folder = hostileProgramme();
    refused = new Set(refusals(folder).map((position) => payloads()[position]?.name ?? ''));
    rmSync(folder, { recursive: true });
    folder = hostileProgramme(refused);
    await use({ programmes: [folder] } satisfies StartOptions);
    rmSync(folder, { recursive: true });
  },
  detector: async ({ context, orienta }, use) => use(await Detector.on(context, orienta.url)),
});

/** The positions of the payloads whose lesson the program does not load. */
function refusals(folder: string): number[] {
  try {
    execFileSync(binary(), ['curriculum', 'load', folder, '--data-dir', `${folder}/data`], { encoding: 'utf8', stdio: 'pipe' });
    return [];
  } catch (error) {
    const said = (error as { stderr: string }).stderr;
    expect(said).toContain('nothing was loaded');
    const places = [...said.matchAll(/lessons\/(\d+)-h\.es\.md:\d+: /g)];
    expect(said.trim().split('\n'), 'every line but the last names a lesson').toHaveLength(places.length + 1);
    return [...new Set(places.map(([, number]) => Number(number) - 100))];
  }
}

/** The open page shows `text`, letter for letter. */
async function shows(page: Page, text: string): Promise<void> {
  const content = seen((await page.locator('body').textContent()) ?? '');
  expect(content.includes(seen(text)), `${page.url()} shows ${text.slice(0, 60)}…`).toBe(true);
}

test('no payload runs from a lesson', async ({ orienta, page, detector }) => {
  test.setTimeout(5 * MINUTE);
  const cast = new Cast(orienta);
  const trainee = cast.trainee();
  await enter(page, trainee, cast.code(trainee));
  await detector.quiet(page, 'home');
  for (const path of ['/', '/home', '/course', '/help', '/help/card', '/hours', '/evaluations', '/privacy']) await detector.open(page, path);
  const lessons = payloads().filter((p) => !refused.has(p.name));
  expect(lessons.length).toBeGreaterThanOrEqual(200);
  let window = page;
  for (const [position, { name, text }] of lessons.entries()) {
    // One window after another: the program of every page opened in one stays reserved until it is closed.
    if (position % 40 === 39) {
      await window.close();
      window = await page.context().newPage();
    }
    await detector.open(window, `/course/h-${position}/1`, name);
    await expect(window.getByText('Lee hasta el final.')).toBeVisible();
    await shows(window, text.replaceAll('\n', ' ')); // the title above it is no Markdown
  }
});

test('no payload runs from a question, a case or an answer', async ({ orienta, page, visit, detector }) => {
  test.setTimeout(5 * MINUTE);
  const cast = new Cast(orienta);
  const trainee = cast.trainee();
  await enter(page, trainee, cast.code(trainee));

  await test.step('a practice case', async () => {
    for (const choice of [0, 1]) {
      await detector.open(page, '/course/a-l2/1');
      await shows(page, `Elegir n2 ${ALL}`);
      await page.getByRole('link', { name: `Elegir n${choice + 2}` }).click();
      await expect(page.getByText(`Elegiste n${choice + 2}`)).toBeVisible();
      await shows(page, `Fin n${choice + 2} ${ALL}`);
      await detector.quiet(page, 'a practice case');
    }
  });

  await test.step('a checkpoint', async () => {
    await detector.open(page, '/course/a-l2/1');
    await use(page, /Ya puedes responder el control/);
    await page.getByRole('link', { name: 'Ya puedes responder el control' }).click();
    for (const [option, said] of [['Mal', 'Esta vez no'], ['Bien', 'Control 1 confirmado']] as const) {
      await expect(async () => {
        await page.goto('/course/a-l2/1');
        await expect(page.getByRole('button', { name: 'Responder' })).toBeVisible({ timeout: 500 });
      }).toPass();
      await detector.quiet(page, 'a question of a checkpoint');
      await shows(page, `¿Qué le dices? ${ALL}`);
      await shows(page, `${option} ${ALL}`);
      await page.locator('label', { hasText: new RegExp(`^${option} `) }).click();
      await page.getByRole('button', { name: 'Responder' }).click();
      await expect(page.getByText(said)).toBeVisible();
      if (option === 'Mal') await shows(page, `Incorrecto ${ALL}`);
      await detector.quiet(page, said);
    }
  });

  await test.step('an evaluation', async () => {
    await page.goto('/evaluations');
    await page.getByRole('button', { name: 'Empezar (10 min)' }).click();
    for (let item = 1; item <= 4; item++) {
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Pregunta ${item} de 4`);
      await detector.quiet(page, `question ${item}`);
      const text = page.locator('textarea');
      await shows(page, `${item === 4 ? 'Caso ' : ''}${ALL}`);
      if (await text.count()) await text.fill(TYPED);
      else for (const option of await page.locator('label', { hasText: /^a / }).all()) await option.click();
      await page.getByRole('button', { name: 'Guardar y seguir' }).click();
    }
    await expect(page.getByText('Respondiste todas las preguntas')).toBeVisible();
    const review = page.url();
    await detector.open(page, review.replace('/review', '/4'), 'her answer in its field');
    expect(seen(await page.locator('textarea').inputValue())).toBe(seen(TYPED));
    await page.goto(review);
    await page.getByRole('button', { name: 'Entregar' }).click();
    await expect(page.getByRole('heading', { name: 'Evaluación entregada' })).toBeVisible();
    await detector.quiet(page, 'handed in');
  });

  await test.step('what she wrote, before the judge; what the judge wrote, before her', async () => {
    const judge = await visit({ bypassCSP: true });
    const watched = await Detector.on(judge.context(), orienta.url);
    await signIn(judge, cast.judge);
    await judge.goto('/grading');
    await watched.quiet(judge, 'what waits for a grade');
    await judge.getByRole('button', { name: 'Calificar el siguiente' }).click();
    await expect(judge.getByLabel('Comentario para ella')).toBeVisible();
    await watched.quiet(judge, 'her answer');
    await shows(judge, ALL);
    await judge.locator('input[type=radio][name="r-r1"]').last().check();
    await judge.getByLabel('Comentario para ella').fill(TYPED);
    await judge.getByRole('button', { name: 'Terminar y seguir' }).click();
    await expect(judge.getByText('Falta responder sí o no.').first()).toBeVisible();
    await watched.quiet(judge, 'refused, with the comment kept');
    expect(seen(await judge.getByLabel('Comentario para ella').inputValue())).toBe(seen(TYPED));
    await judge.getByRole('radio', { name: 'No', exact: true }).check();
    await judge.getByRole('button', { name: 'Terminar y seguir' }).click();
    await expect(judge.getByText('No hay casos por calificar')).toBeVisible();
    const verifier = await visit({ bypassCSP: true });
    const staff = await Detector.on(verifier.context(), orienta.url);
    await signIn(verifier, cast.verifier);
    await staff.open(verifier, '/staff/releases');
    await verifier.getByRole('button', { name: 'Publicar las elegidas' }).click();
    await expect(verifier.getByText('No hay notas por publicar')).toBeVisible();
    await page.reload();
    await detector.quiet(page, 'the result');
    await shows(page, `Comentario a ${ALL}`);
    await shows(page, ALL);
  });
});

/** What a name may be made of: letters of any script, marks, and the signs that names are written with. */
const NAME = /^(?=.*\p{Alphabetic})[\p{Alphabetic}\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\s\-'.\u2019\u02bc\u00b7\u2010]{1,80}$/u;

/** Posts a form of her own from the open page; answers the status. */
async function send(page: Page, action: string, fields: Record<string, string>): Promise<number | undefined> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  const loaded = page.waitForEvent('load');
  await page.evaluate(
    ([action, fields]) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action });
      for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('textarea'), { name, value }));
      document.body.append(form);
      form.submit();
    },
    [action, fields] as const,
  );
  const status = (await answered).status();
  await loaded;
  return status;
}

test('no payload runs from a name, and what is no name is refused', async ({ orienta, page, visit, detector }) => {
  test.setTimeout(5 * MINUTE);
  const cast = new Cast(orienta);
  await signIn(page, cast.verifier);
  const accepted: Trainee['name'][] = [];
  await page.goto('/staff/people');
  for (const [position, { name, text }] of payloads().entries()) {
    const person = { kind: 'dni', number: String(45_000_000 + position), given_names: text, paternal_surname: 'Prueba', maternal_surname: '', birth_date: '1984-03-14' };
    const status = await send(page, '/staff/people', { ...person, phone: '', email: '', role: 'trainee', cohort: cast.cohort, district: '' });
    await detector.quiet(page, name);
    const given = text.split(/\s+/).join(' ').trim();
    expect(status, name).toBe(text.includes('\0') ? 400 : NAME.test(given) ? 303 : 422);
    if (status === 303) accepted.push(given);
    // What was typed is still there, to be mended.
    if (status === 422) expect(seen(await page.locator('[name=given_names]').inputValue()), name).toBe(seen(text));
  }
  expect(accepted.length).toBeGreaterThan(3);
  await detector.open(page, `/staff/cohorts/${cast.cohort}`);
  for (const name of accepted) await shows(page, `${name} Prueba`);
  const asked = encodeURIComponent(TYPED);
  await detector.open(page, `/staff/cohorts/${cast.cohort}?q=${asked}`, 'what was searched for');
  const anyone = await visit({ bypassCSP: true });
  const watched = await Detector.on(anyone.context(), orienta.url);
  for (const path of [`/verify?q=${asked}`, `/verify/${asked}`, `/help?x=${asked}`, `/${asked}`]) await watched.open(anyone, path, path.slice(0, 9));
});

journey('the detector sees what runs', async ({ browser, orienta }) => {
  journey.setTimeout(5 * MINUTE);
  const context = await browser.newContext({ baseURL: orienta.url, bypassCSP: true });
  const detector = await Detector.on(context, orienta.url);
  let raw = '';
  // A page of the product with a payload put into it as it stands.
  const product = await (await context.request.get('/help')).text();
  const page = () => product.replace(/<main[^>]*>/, (main) => `${main}<div class="prose">${raw}</div>`);
  await context.route('**/help', (route) => route.fulfill({ contentType: 'text/html', body: page() }));
  const acting = payloads().filter((p) => p.acts);
  expect(acting.length).toBeGreaterThan(100);
  for (const { name, text } of acting) {
    raw = text;
    const window = await context.newPage();
    await window.goto('/help').catch(() => {}); // what sends the page away may do so before it is there
    const hits: string[] = [];
    await expect.poll(async () => hits.push(...(await detector.hits(window).catch(() => []))), name).toBeGreaterThan(0);
    await window.close();
  }
  // And what would act only when she touches it.
  raw = '<a href="java&Tab;script:x">a</a><b onclick=x>b</b><h2 id=main>c</h2><input><svg><a xlink:href="data:text/html,x"></a></svg>';
  const touched = await context.newPage();
  await touched.goto('/help');
  expect(await harm(touched)).toEqual(['a href=java\tscript:x', 'b onclick', 'h2 id=main', 'input', 'a xlink:href=data:text/html,x']);
  await context.close();
});
