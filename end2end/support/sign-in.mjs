// The demonstration's accounts, as `orienta serve --demo` prints them, and the sign-in form.
import { createHmac } from 'node:crypto';

const ROLES = ['trainee', 'judge', 'staff', 'auditor', 'admin'];

/**
 * Reads lines of the form `ROLE DOCUMENT SECRET [TOTP-SECRET]`, the first of each role.
 * @param {string} output
 * @returns {Map<string, {role: string, document: string, secret: string, totp?: string}>}
 */
export function accounts(output) {
  const found = new Map();
  for (const line of output.split('\n')) {
    const [role, document, secret, totp] = line.trim().split(/\s+/);
    if (role && ROLES.includes(role) && document && secret && !found.has(role)) found.set(role, { role, document, secret, totp });
  }
  return found;
}

/**
 * Fills the sign-in form of `/login`, and the second factor if it is asked for.
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 * @param {{document: string, secret: string, totp?: string}} account
 */
export async function signIn(page, url, account) {
  await page.goto(`${url}/login`);
  const form = page.locator('form:has(input[type=password])').first();
  await form.locator('input:not([type=hidden], [type=password], [type=checkbox], [type=radio])').first().fill(account.document);
  await form.locator('input[type=password]').fill(account.secret);
  await submit(page, form);
  const code = page.locator('input[autocomplete=one-time-code]');
  if (account.totp && (await code.count())) {
    await code.fill(totp(account.totp, Date.now()));
    await submit(page, page.locator('form:has(input[autocomplete=one-time-code])'));
  }
  if (new URL(page.url()).pathname === '/login') throw new Error(`sign-in of ${account.document} was refused`);
}

async function submit(page, form) {
  await Promise.all([page.waitForEvent('load'), form.locator('button:not([type=button])').first().click()]);
}

/** RFC 6238: six digits, 30 s, SHA-1. */
export function totp(secret, now) {
  const bits = [...secret.toUpperCase().replaceAll('=', '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
