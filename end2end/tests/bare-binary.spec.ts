import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO, signIn } from '../support/demo';
import { binary, Orienta } from '../support/orienta';
import { expect, test } from '../support/test';

/** The program, alone in a folder of its own, which is also where it runs. */
test.describe('the binary alone', () => {
  let folder: string;
  let alone: Orienta;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    folder = mkdtempSync(join(tmpdir(), 'orienta-alone-'));
    const copy = join(folder, 'orienta');
    copyFileSync(binary(), copy);
    alone = await Orienta.start({ args: ['--demo'], binary: copy, cwd: folder });
  });

  test.afterAll(async () => {
    await alone.dispose();
    rmSync(folder, { recursive: true });
  });

  test('serves pages, styles, script and WebAssembly', async ({ visit }) => {
    const page = await visit({ baseURL: alone.url });
    const answers = new Map<string, number>();
    page.on('response', (response) => answers.set(new URL(response.url()).pathname.replace(/^\/v\/\w+/, ''), response.status()));
    await signIn(page, DEMO.studying);
    await page.goto('/course');
    await page.getByRole('main').getByRole('link', { name: /4\.4|4\.5/ }).first().click();
    await expect(page.getByRole('status')).toContainText(/Llevas/);
    await expect.poll(() => [...answers.keys()]).toEqual(expect.arrayContaining(['/orienta.css', '/icon.svg', '/pkg/orienta.js', '/pkg/orienta_bg.wasm']));
    expect([...answers].filter(([, status]) => status >= 400)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['orienta']);
  });
});
