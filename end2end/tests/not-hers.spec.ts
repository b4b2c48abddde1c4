import type { Page, Response } from '@playwright/test';
import { DEMO, signIn, test } from '../support/demo';
import { expect } from '../support/test';

const REFUSED = /Esta página no es para tu cuenta|No encontramos esta página/;

/** The browser's answer to a form of her own that is sent with somebody else's address or token. */
async function send(page: Page, action: string, fields: Record<string, string>): Promise<Response | null> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.evaluate(
    ([action, fields]) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action });
      for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('input'), { name, value }));
      document.body.append(form);
      form.submit();
    },
    [action, fields] as const,
  );
  const response = await answered;
  await page.waitForLoadState();
  return response;
}

async function refused(page: Page, response: Response | null): Promise<void> {
  expect([403, 404]).toContain(response?.status());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(REFUSED);
  await expect(page.getByRole('main').getByRole('link')).toBeVisible();
}

test('nobody opens what is another’s by typing its address', async ({ orienta, page, visit }) => {
  await signIn(page, DEMO.begun);
  const facts = () => orienta.rows`select (select count(*) from answer) as answers, (select count(*) from attempt where state = 'in_progress') as open,
    (select count(*) from claim) as claims, (select count(*) from reading) as readings, (select count(*) from attributed) as attributed,
    (select count(*) from hours_entry) as entries, (select count(*) from checkpoint_try) as tries, (select count(*) from certificate_event) as events`;

  await test.step('an attempt', async () => {
    const other = await visit();
    await signIn(other, DEMO.studying);
    await other.goto('/evaluations');
    await other.getByRole('main').getByRole('button').or(other.getByRole('link', { name: 'Seguir la evaluación' })).first().click();
    await expect(other).toHaveURL(/\/attempts\/[0-9a-f-]+\/1$/);
    const attempt = new URL(other.url()).pathname.replace(/\/1$/, '');
    const before = facts();
    for (const path of ['/1', '/2', '/review', '/result']) await refused(page, await page.goto(`${attempt}${path}`));
    await page.goto('/home');
    await refused(page, await send(page, `${attempt}/1`, { version: '0', option: 'a', go: 'next' }));
    await page.goto('/home');
    await refused(page, await send(page, `${attempt}/review`, {}));
    const saved = await page.request.post('/api/assessment/answer', {
      data: { answer: { attempt: attempt.replace('/attempts/', ''), item: 0, version: 0, options: ['a'], text: null, flagged: false } },
    });
    expect(saved.status()).toBe(403);
    expect(facts(), 'nothing was written').toEqual(before);
  });

  await test.step('a result', async () => {
    const [released] = orienta.rows<{ id: string }>`select lower(hex(attempt_id)) as id from release limit 1`;
    const id = (released?.id ?? '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    await refused(page, await page.goto(`/attempts/${id}/result`));
  });

  await test.step('a reading and its claims', async () => {
    const other = await visit();
    await signIn(other, DEMO.studying);
    await other.goto('/course');
    await other.getByRole('main').getByRole('link', { name: /4\.4|4\.5/ }).first().click();
    const lesson = new URL(other.url()).pathname;
    const token = await other.locator('#sigue input[name=token]').inputValue();
    const before = facts();
    await page.goto('/home');
    await refused(page, await send(page, lesson, { action: 'continue', token }));
    const now = Date.now();
    const batch = { token, device_now: now, intervals: [{ sequence: 1, started_at: now - 20_000, ended_at: now, last_input_at: now }] };
    const reported = await page.request.post('/api/study/report', { data: { batch } });
    expect(reported.status()).toBe(403);
    // Her own browser with a token that she changed by one letter.
    const forged = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    await page.goto('/home');
    const answer = await send(page, lesson, { action: 'continue', token: forged });
    expect(answer?.status()).toBe(400);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No entendimos lo que llegó');
    expect(facts(), 'nothing was written').toEqual(before);
  });

  await test.step('a certificate', async () => {
    const [issued] = orienta.rows<{ number: string }>`select number from certificate limit 1`;
    const number = issued?.number ?? '';
    for (const path of [`/certificate/${number}/archive.pdf`, `/certificate/${number}/accessible.pdf`, `/staff/certificates/${number}`]) {
      await refused(page, await page.goto(path));
    }
    await page.goto('/home');
    await refused(page, await send(page, `/staff/certificates/${number}`, { action: 'revoke', code: 'fraud', reason: 'x', authority: 'x' }));
    await page.goto('/certificate');
    await expect(page.getByText(number)).toHaveCount(0);
  });

  await test.step('a desk', async () => {
    const [enrolment] = orienta.rows<{ id: string }>`select lower(hex(e.id)) as id from enrolment e join document d on d.person_id = e.person_id where d.number = ${DEMO.certified}`;
    const id = (enrolment?.id ?? '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    for (const path of ['/staff', '/grading', '/meetings', '/audit', '/admin', `/staff/enrolments/${id}`, `/audit/enrolments/${id}`]) {
      await refused(page, await page.goto(path));
    }
  });

  expect(orienta.cli('ledger', 'verify')).toContain('everything fits');
});
