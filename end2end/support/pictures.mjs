// pictures.mjs [NAME…]: a picture of every page (or those whose name contains a NAME) as end2end/pictures/, with a
// contact sheet index.html and index.png. ORIENTA_BIN names the binary.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { accounts, signIn } from './sign-in.mjs';

/** Who sees which page; `null` is a visitor. */
const PAGES = [
  [null, '/', 'landing'],
  [null, '/login', 'login'],
  [null, '/verify', 'verify'],
  [null, '/help', 'help'],
  ['trainee', '/home', 'trainee-home'],
  ['trainee', '/course', 'trainee-course'],
  ['trainee', '/hours', 'trainee-hours'],
  ['trainee', '/hours/dispute/0', 'trainee-dispute'],
  ['trainee', '/evaluations', 'trainee-evaluations'],
  ['trainee', '/certificate', 'trainee-certificate'],
  ['judge', '/grading', 'judge-grading'],
  ['judge', '/meetings', 'judge-meetings'],
  ['judge', '/substitutes', 'judge-substitutes'],
  ['judge', '/author', 'judge-content'],
  ['judge', '/author/modules/m4', 'judge-module'],
  ['judge', '/author/norms?q=Ley+28970', 'judge-norms'],
  ['staff', '/staff', 'staff-home'],
  ['staff', '/staff/releases', 'staff-releases'],
  ['staff', '/staff/evidence', 'staff-evidence'],
  ['staff', '/staff/disputes', 'staff-disputes'],
  ['staff', '/staff/certificates', 'staff-certificates'],
  ['auditor', '/audit', 'auditor-home'],
  ['auditor', '/audit/sample?seed=uno&number=3&from=', 'auditor-sample'],
  ['admin', '/admin', 'admin-home'],
];
const WIDTHS = [
  [360, 740],
  [1280, 800],
];
const SCHEMES = ['light', 'dark'];
const LANGUAGES = ['es', 'en'];

const folder = new URL('../pictures/', import.meta.url).pathname;

/** Starts the demonstration; answers its address, its accounts and how to end it. */
async function demonstration() {
  const binary = process.env.ORIENTA_BIN;
  if (!binary) throw new Error('ORIENTA_BIN names no binary: call ./x e2e --pictures');
  const data = mkdtempSync(join(tmpdir(), 'orienta-pictures-'));
  const server = spawn(binary, ['serve', '--demo', '--data-dir', data, '--addr', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const end = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
    }
    rmSync(data, { recursive: true, force: true });
  };
  let output = '';
  try {
    const url = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the demonstration did not listen within 2 minutes')), 120_000);
      server.once('error', reject);
      server.once('exit', (code) => reject(new Error(`the demonstration ended with ${code}`)));
      server.stdout.on('data', (chunk) => {
        output += chunk;
        const found = /listening on (http:\/\/\S+)/.exec(output);
        if (found) {
          clearTimeout(timer);
          setTimeout(() => resolve(found[1]), 500); // the sign-ins may be printed after the address
        }
      });
    });
    return { url, people: accounts(output), end };
  } catch (error) {
    await end();
    throw error;
  }
}

const wanted = process.argv.slice(2);
const pages = PAGES.filter(([, , name]) => wanted.length === 0 || wanted.some((w) => name.includes(w)));
const { url, people, end } = await demonstration();
const browser = await chromium.launch(launchOptions);
const shots = [];
const faults = [];
try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const role of new Set(pages.map(([role]) => role))) await picturesOf(role);
  await contactSheet();
} finally {
  await browser.close();
  await end();
}
console.log(`${shots.length} pictures: ${join(folder, 'index.html')}`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

async function picturesOf(role) {
  const account = people.get(role);
  if (role && !account) {
    faults.push(`${role}: the demonstration printed no such account`);
    return;
  }
  const state = await session(account);
  if (role && !state) return;
  for (const language of LANGUAGES) {
    for (const scheme of SCHEMES) {
      for (const [width, height] of WIDTHS) {
        const context = await browser.newContext({ storageState: state, viewport: { width, height }, colorScheme: scheme, locale: language === 'es' ? 'es-PE' : 'en-GB', timezoneId: 'America/Lima' });
        await context.addCookies([{ name: 'lang', value: language, url }]);
        const page = await context.newPage();
        for (const [, path, name] of pages.filter(([of]) => of === role)) await picture(page, path, `${name}-${width}-${scheme}-${language}`);
        await context.close();
      }
    }
  }
}

/** The cookies of a person who signed in, or nothing where that failed. */
async function session(account) {
  if (!account) return undefined;
  const context = await browser.newContext({ locale: 'es-PE' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await signIn(page, url, account);
    return await context.storageState();
  } catch (error) {
    faults.push(`${account.role}: ${String(error).split('\n')[0]}`);
    return undefined;
  } finally {
    await context.close();
  }
}

async function picture(page, path, name) {
  const answer = await page.goto(url + path);
  const status = answer?.status() ?? 0;
  if (status !== 200) faults.push(`${name}: ${path} answered ${status}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  if (overflow) faults.push(`${name}: wider than the window`);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  shots.push(name);
}

async function contactSheet() {
  const figures = shots.map((name) => `<figure><a href="${name}.png"><img src="${name}.png" alt=""></a><figcaption>${name}</figcaption></figure>`);
  const style = 'body{margin:1rem;font:12px sans-serif;display:grid;grid-template-columns:repeat(8,1fr);gap:1rem}figure{margin:0}img{width:100%;height:240px;object-fit:cover;object-position:top;border:1px solid #bbb}';
  writeFileSync(join(folder, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Orienta</title><style>${style}</style>${figures.join('\n')}`);
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  await page.screenshot({ path: join(folder, 'index.png'), fullPage: true });
  await page.close();
}
