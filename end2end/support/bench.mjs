// ./x bench: what one machine does, measured in one run. Loopback only; every load is bounded in time.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { rawCommits } from './raw-commits.mjs';

const binary = process.env.ORIENTA_BIN;
const hello = process.env.ORIENTA_HELLO;
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'orienta-bench-'));
const running = [];
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Starts a program and waits for its address. */
function start(command, args, env = {}) {
  const began = performance.now();
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const errors = [];
  child.stderr.on('data', (chunk) => errors.push(chunk.toString()));
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const found = out.match(/listening on (http:\S+)/);
      if (found) resolve({ child, base: found[1], began, errors });
    });
    child.on('exit', (code) => reject(new Error(`${command} ended with ${code}: ${errors.join('')}`)));
  });
}

const stop = (server) => new Promise((done) => { server.child.removeAllListeners('exit'); server.child.on('exit', done); server.child.kill('SIGTERM'); });

const resident = (server) => Math.round(Number(readFileSync(`/proc/${server.child.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024);

async function signIn(base, number) {
  const body = new URLSearchParams({ kind: 'dni', number, secret: 'demo-orienta', next: '/' });
  const answer = await fetch(`${base}/login`, { method: 'POST', body, redirect: 'manual' });
  if (answer.status !== 303) throw new Error(`sign-in of ${number}: ${answer.status}`);
  return answer.headers.getSetCookie().map((c) => c.split(';')[0]).filter((c) => !c.endsWith('=')).join('; ');
}

async function openAttempt(base, cookie) {
  const answer = await fetch(`${base}/evaluations/m0-e`, { method: 'POST', headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, body: '', redirect: 'manual' });
  return answer.headers.get('location');
}

function lua(name, pairs, body) {
  const file = join(folder, `${name}.lua`);
  const rows = pairs.map(([path, cookie]) => `{${JSON.stringify(path)},${JSON.stringify(cookie)}}`).join(',\n');
  const send = body
    ? `wrk.format("POST", p[1], {cookie=p[2], ["content-type"]="application/json"}, ${body})`
    : 'wrk.format("GET", p[1], {cookie=p[2]})';
  writeFileSync(file, `local pairs = {${rows}}\nlocal i = 0\nfunction request() i = i % #pairs + 1; local p = pairs[i]; return ${send} end\n`);
  return file;
}

function wrk(url, connections, script) {
  const args = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--latency', ...(script ? ['-s', script] : []), url];
  const out = execFileSync('wrk', args, { encoding: 'utf8' });
  const bad = out.match(/Non-2xx or 3xx responses: (\d+)/);
  const part = (pattern) => out.match(pattern)?.[1] ?? '?';
  return { rate: Math.round(Number(part(/Requests\/sec:\s+([\d.]+)/))), p50: part(/ 50%\s+(\S+)/), p99: part(/ 99%\s+(\S+)/), bad: bad ? Number(bad[1]) : 0 };
}

function row(name, url, script, queries) {
  const cells = [1, 16, 64].map((connections) => {
    const r = wrk(url, connections, script);
    if (r.bad) throw new Error(`${name}: ${r.bad} answers were not 2xx or 3xx`);
    return `${String(r.rate).padStart(7)}/s ${r.p50.padStart(8)} ${r.p99.padStart(8)}`;
  });
  console.log(`${name.padEnd(28)} ${String(queries ?? '-').padStart(3)} | ${cells.join(' | ')}`);
}

/** Queries of one page, counted from the statement log of a second run. */
async function countQueries(server, path, cookie) {
  await fetch(server.base + path, { headers: cookie ? { cookie } : {}, redirect: 'manual' });
  await sleep(100);
  server.errors.length = 0;
  await fetch(server.base + path, { headers: cookie ? { cookie } : {}, redirect: 'manual' });
  await sleep(150);
  return server.errors.join('').split('\n').filter((line) => line.includes('sqlx::query')).length;
}

const lengthOf = async (base, path, cookie) => {
  const text = await (await fetch(base + path, { headers: { cookie: cookie ?? '', 'accept-encoding': 'identity' } })).text();
  return { text, bytes: brotliCompressSync(Buffer.from(text)).length };
};

async function nginx(file) {
  const port = 20000 + Math.floor(Math.random() * 20000);
  const conf = join(folder, 'nginx.conf');
  copyFileSync(file, join(folder, 'page.html'));
  writeFileSync(conf, `daemon off; worker_processes 2; pid ${folder}/nginx.pid; error_log /dev/null; user root;
events { worker_connections 512; }
http { access_log off; server { listen 127.0.0.1:${port}; root ${folder}; } }`);
  const child = spawn('/usr/sbin/nginx', ['-c', conf, '-p', folder], { stdio: 'ignore' });
  running.push(child);
  await sleep(700);
  return `http://127.0.0.1:${port}/page.html`;
}

async function main() {
  const data = join(folder, 'data');
  execFileSync(binary, ['demo', '--data-dir', data], { stdio: ['ignore', 'ignore', 'inherit'] });
  const args = ['serve', '--data-dir', data, '--addr', '127.0.0.1:0'];
  const server = await start(binary, args);
  await fetch(`${server.base}/healthz`);
  console.log(`binary ${Math.round(statSync(binary).size / 1048576)} MB; from start to first answer ${Math.round(performance.now() - server.began)} ms; idle ${resident(server)} MB resident`);

  const numbers = ['70222001', '70222002', '70222008', '70222010', '70222012', '70222005'];
  const cookies = [];
  for (let i = 0; i < 128; i += 1) cookies.push({ number: numbers[i % numbers.length], cookie: await signIn(server.base, numbers[i % numbers.length]) });
  const attempts = new Map();
  for (const { number, cookie } of cookies) if (!attempts.has(number)) attempts.set(number, await openAttempt(server.base, cookie));
  const pairs = (path) => cookies.map((c) => [typeof path === 'function' ? path(c) : path, c.cookie]);
  const attemptPath = (c) => attempts.get(c.number);

  const counting = await start(binary, args, { ORIENTA_LOG: 'sqlx::query=debug' });
  const one = cookies[0];
  const pages = [['landing', '/'], ['course', '/course'], ['lesson part', '/course/m4-l1/2'], ['evaluation page', attemptPath], ['home', '/home']];
  const queries = {};
  for (const [name, path] of pages) queries[name] = await countQueries(counting, typeof path === 'function' ? path(one) : path, name === 'landing' ? '' : one.cookie);
  await stop(counting);

  console.log(`\n${'page'.padEnd(28)} qry | 1 connection: rate p50 p99 | 16 connections | 64 connections`);
  const landing = await lengthOf(server.base, '/');
  writeFileSync(join(folder, 'landing.html'), landing.text);
  for (const [name, path] of pages) {
    row(name, server.base, name === 'landing' ? lua(name, [['/', '']]) : lua(name.replace(' ', '-'), pairs(path)), queries[name]);
  }
  if (hello && existsSync(hello)) {
    const bare = await start(hello, [join(folder, 'hello')]);
    row('bare hello, same layers', `${bare.base}/hello`);
    await stop(bare);
  }
  row(`nginx, ${Math.round(landing.text.length / 1024)} KB file`, await nginx(join(folder, 'landing.html')));
  console.log(`\nafter load ${resident(server)} MB resident`);

  const answers = [...attempts.entries()].flatMap(([number, path]) => {
    const cookie = cookies.find((c) => c.number === number).cookie;
    return Array.from({ length: 8 }, (_, item) => [`/api/assessment/answer`, cookie, path.split('/')[2], item]);
  });
  const script = join(folder, 'answers.lua');
  const rows = answers.map(([p, c, a, i]) => `{${JSON.stringify(p)},${JSON.stringify(c)},${JSON.stringify(a)},${i}}`).join(',\n');
  writeFileSync(script, `local rows = {${rows}}\nlocal i = 0
function request() i = i % #rows + 1; local r = rows[i]
return wrk.format("POST", r[1], {cookie=r[2], ["content-type"]="application/json"}, string.format('{"answer":{"attempt":"%s","item":%d,"version":999999999,"options":[],"text":null,"flagged":%s}}', r[3], r[4], i % 2 == 0 and "true" or "false")) end\n`);
  for (const connections of [1, 16, 64, 256]) {
    const r = wrk(server.base, connections, script);
    console.log(`durable answers, ${String(connections).padStart(3)} connections  ${r.rate}/s  p50 ${r.p50}  p99 ${r.p99}${r.bad ? `  (${r.bad} refused)` : ''}`);
  }
  console.log(`raw SQLite commits, one connection ${rawCommits(join(folder, 'raw.db'))}/s; after answers ${resident(server)} MB resident`);

  console.log('\nfirst view, bytes over the wire with brotli (HTML + CSS + script and WebAssembly)');
  const css = await packed(`${folderOf(landing.text)}/orienta.css`, server.base);
  for (const [name, path] of [...pages, ['sign-in', '/login'], ['verification', '/verify'], ['help lines', '/help']]) {
    const page = await lengthOf(server.base, typeof path === 'function' ? path(one) : path, ['landing', 'sign-in', 'verification', 'help lines'].includes(name) ? '' : one.cookie);
    const script = page.text.includes('type="module"') ? (await packed(`${folderOf(landing.text)}/pkg/orienta.js`, server.base)) + (await packed(`${folderOf(landing.text)}/pkg/orienta_bg.wasm`, server.base)) : 0;
    console.log(`${name.padEnd(18)} ${page.bytes} + ${css} + ${script}`);
  }
  await stop(server);
}

/** Folder of the static files: `/v/<digest>`. */
const folderOf = (text) => text.match(/href="(\/v\/[^/]+)\/orienta\.css"/)[1];

async function packed(path, base) {
  const answer = await fetch(base + path, { headers: { 'accept-encoding': 'br' } });
  return Number(answer.headers.get('content-length'));
}

try {
  await main();
} finally {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
