import { Cast, enter, hex, signIn } from '../support/cast';
import { faults } from '../support/look';
import { attest, grade, release, session, sit, study } from '../support/steps';
import { expect, test } from '../support/test';
import { scripted } from '../support/ways';

test('nobody issues for someone who is one minute short', async ({ orienta, page, visit }) => {
  test.setTimeout(200_000);
  const cast = new Cast(orienta);
  const trainee = cast.trainee();
  await enter(page, trainee, cast.code(trainee));
  const found: string[] = [];
  await study(page, scripted, 'Quién puede denunciar', async (name) => void found.push(...(await faults(page, name))));
  const judge = await visit();
  await signIn(judge, cast.judge);
  await session(judge, cast, trainee);
  await sit(page, scripted);
  await grade(judge);
  const verifier = await visit();
  await signIn(verifier, cast.verifier);
  await release(verifier);
  await attest(verifier, trainee);

  found.push(...(await faults(page, 'an evaluation handed in')));
  expect(found, 'looks').toEqual([]);

  // She is shown what staff are shown.
  await page.goto('/certificate');
  await expect(page.getByText('Horas: faltan 1 min')).toBeVisible();

  const issuer = await visit();
  await signIn(issuer, cast.issuer);
  await issuer.goto(`/staff/cohorts/${cast.cohort}`);
  await expect(issuer.getByText('Cuando alguien esté lista para certificar, se podrá elegir aquí.')).toBeVisible();
  await issuer.getByRole('link', { name: trainee.name }).click();
  await expect(issuer.getByText('Horas: faltan 1 min')).toBeVisible();
  // The button may be missing; whoever sends its form all the same is refused by the server, with the reason.
  await issuer.evaluate(() => {
    const action = document.querySelector<HTMLInputElement>('input[name=action][value=code]');
    if (!action?.form) throw new Error('no form to send');
    action.value = 'issue';
    action.form.requestSubmit();
  });
  const refusal = issuer.getByRole('alert');
  await expect(refusal).toContainText('Horas: faltan 1 min');
  await expect(refusal).not.toContainText('Identidad');
  await expect(refusal).not.toContainText('Evaluaciones');

  const her = hex(trainee.enrolment);
  expect(orienta.rows`select sum(seconds) as seconds from hours_entry where hex(enrolment_id) = ${her} and status = 'confirmed'`).toEqual([{ seconds: 120 }]);
  expect(orienta.rows`select (select count(*) from certificate) + (select count(*) from certificate_event) + (select count(*) from certificate_serial) as n`).toEqual([{ n: 0 }]);
  expect(orienta.rows`select state from enrolment where hex(id) = ${her}`).toEqual([{ state: 'in-training' }]);
  expect(orienta.cli('ledger', 'verify')).toContain('everything fits');
});
