import type { Page } from '@playwright/test';
import { Cast, enter } from '../support/cast';
import type { Orienta } from '../support/orienta';
import { answer, CASE, startAttempt } from '../support/steps';
import { expect, test } from '../support/test';

// What the browser says of the connection that the journey cuts.
test.use({ tolerated: [/^Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|FAILED)/] });

const SAVED = /^Guardado a las /;
const WAITING = /^Sin señal\. Tu respuesta está en este celular/;

const versions = (orienta: Orienta, item: number) => orienta.rows<{ version: number; body: string }>`select version, body from answer where item = ${item} order by version`;

async function begin(orienta: Orienta, page: Page): Promise<string> {
  const cast = new Cast(orienta);
  const trainee = cast.trainee();
  await enter(page, trainee, cast.code(trainee));
  return startAttempt(page);
}

test('answers given without a connection are kept and sent when it is back', async ({ orienta, page, context }) => {
  const attempt = await begin(orienta, page);
  const status = page.getByRole('status');
  await answer(page);
  await expect(status).toHaveText(SAVED);
  expect(versions(orienta, 0), 'said to be saved, and saved').not.toEqual([]);
  await page.getByRole('button', { name: 'Guardar y seguir' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pregunta 2 de 4');

  await test.step('on the page', async () => {
    await context.setOffline(true);
    await answer(page);
    await expect(status).toHaveText(WAITING);
    await expect(status).not.toContainText('Guardado');
    expect(versions(orienta, 1)).toEqual([]);
    await context.setOffline(false);
    await expect(status).toHaveText(SAVED);
    expect(versions(orienta, 1)).toHaveLength(1);
  });

  await test.step('over a closed tab', async () => {
    await page.goto(`${attempt}/4`);
    await context.setOffline(true);
    await page.getByRole('textbox').fill(CASE);
    await expect(status).toHaveText(WAITING);
    await page.close();
    expect(versions(orienta, 3)).toEqual([]);
    await context.setOffline(false);
    const later = await context.newPage();
    await later.goto(`${attempt}/4`);
    await expect(later.getByRole('textbox')).toHaveValue(CASE);
    await expect(later.getByRole('status')).toHaveText(SAVED);
    expect(versions(orienta, 3)).toEqual([{ version: 1, body: expect.stringContaining('105') }]);
  });
});

test('«Guardado» waits for the server, and a lost acknowledgement is no conflict', async ({ orienta, page }) => {
  await begin(orienta, page);
  const status = page.getByRole('status');
  const path = '**/api/assessment/answer*';

  await test.step('an answer on its way', async () => {
    let arrived = false;
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(path, async (route) => {
      arrived = true;
      await gate;
      await route.continue();
    });
    await answer(page);
    await expect.poll(() => arrived).toBe(true);
    await expect(status).not.toContainText('Guardado');
    expect(versions(orienta, 0)).toEqual([]);
    letGo();
    await expect(status).toHaveText(SAVED);
    expect(versions(orienta, 0)).not.toEqual([]);
    await page.unroute(path);
  });

  await test.step('an answer that arrived, though its receipt did not', async () => {
    await page.goto(new URL(page.url()).pathname.replace(/1$/, '4'));
    await page.route(path, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('textbox').fill(CASE);
    await expect(status).toHaveText(WAITING);
    expect(versions(orienta, 3)).toHaveLength(1);
    await page.unroute(path);
    await expect(status).toHaveText(SAVED, { timeout: 20_000 });
    expect(versions(orienta, 3), 'the same answer once').toHaveLength(1);
  });
});
