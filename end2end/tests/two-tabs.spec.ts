import { Cast, enter, hex } from '../support/cast';
import { expect, test } from '../support/test';
import type { Page } from '@playwright/test';

const LESSON = '/course/a-l1/1';
const IDLE = 5_000; // idle_after of the sample programme
const USE = 20_000;

test('two tabs and two devices at once are credited once, and being away is not', async ({ orienta, page, context, visit }) => {
  test.setTimeout(150_000);
  const cast = new Cast(orienta);
  const trainee = cast.trainee();
  await enter(page, trainee, cast.code(trainee));
  const second = await context.newPage();
  const phone = await visit();
  await enter(phone, trainee, cast.code(trainee));

  const began = Date.now();
  const readers = [page, second, phone];
  for (const reader of readers) {
    await reader.goto(LESSON);
    await expect(reader.getByRole('status')).toContainText('Llevas');
  }
  const opened = Date.now();
  // All three in use, in turns, so that their intervals overlap.
  let turn = 0;
  await expect
    .poll(
      async () => {
        const reader = readers[turn++ % readers.length] as Page;
        await reader.mouse.wheel(0, turn % 2 ? 40 : -40);
        return Date.now() - opened;
      },
      { timeout: 2 * USE, intervals: [100] },
    )
    .toBeGreaterThan(USE);
  const left = Date.now();
  for (const reader of readers) await expect(reader.getByRole('status')).toHaveText(/Llevas (1\d|2\d) s de 1 min/);

  // Nobody touches anything: the clocks run out, and what they then send ends there.
  await expect.poll(() => Date.now() - left, { timeout: 30_000 }).toBeGreaterThan(2 * IDLE);
  const her = hex(trainee.enrolment);
  const total = () => orienta.rows<{ ms: number; ended: number }>`select sum(ends_at - starts_at) as ms, max(ends_at) as ended from attributed where hex(enrolment_id) = ${her}`[0];
  const whenAway = total();
  await page.close();
  await second.close();
  await phone.close();
  const attributed = total();
  expect(attributed, 'leaving adds nothing').toEqual(whenAway);

  const claims = orienta.rows<{ devices: number; readings: number; ms: number }>`select count(distinct device_id) as devices, count(distinct reading_id) as readings,
    sum(sent_end - sent_start) as ms from claim where hex(enrolment_id) = ${her}`[0];
  expect(claims).toMatchObject({ devices: 2, readings: 3 });
  const ms = attributed?.ms ?? 0;
  const wall = left + IDLE - began;
  expect(ms, 'at most the wall clock').toBeLessThanOrEqual(wall);
  expect(ms, 'all of the use').toBeGreaterThanOrEqual(USE);
  expect(claims?.ms ?? 0, 'claimed by three, credited once').toBeGreaterThan(2 * ms);
  expect(attributed?.ended, 'the idle tail ends').toBeLessThanOrEqual(left + IDLE + 500);
  // No moment stands twice.
  expect(orienta.rows`select a.starts_at from attributed a join attributed b on a.person_id = b.person_id and a.starts_at < b.starts_at and a.ends_at > b.starts_at`).toEqual([]);
  expect(orienta.cli('ledger', 'verify')).toContain('everything fits');
});
