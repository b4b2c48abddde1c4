import { expect, test } from '../support/test';

test('the binary starts and is well', async ({ orienta, request }) => {
  const answer = await request.get(`${orienta.url}/healthz`);
  expect(answer.status()).toBe(200);
});
