// ./x bench hours: how many heartbeats a second are stored durably, what they take on disk, and how long it takes to verify them.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rawCommits } from './raw-commits.mjs';

const { ORIENTA_BIN: binary, ORIENTA_LOAD: load, ORIENTA_POSTGRES: postgres } = process.env;
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const many = Number(process.env.BENCH_TRAINEES ?? 10000);
const folder = mkdtempSync(join(tmpdir(), 'orienta-bench-'));
const running = [];

function start(args) {
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(child);
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const found = out.match(/listening on (http:\S+)/);
      if (found) resolve({ child, base: found[1] });
    });
    child.on('exit', (code) => reject(new Error(`orienta ended with ${code}`)));
  });
}

const stop = (server) => new Promise((done) => { server.child.removeAllListeners('exit'); server.child.on('exit', done); server.child.kill('SIGTERM'); });

/** A quarter of a second a heartbeat, one behind the other, so that every one is new time inside the window. */
function script(rows) {
  const file = join(folder, 'heartbeats.lua');
  const lua = rows.map(([cookie, token, begin]) => `{${JSON.stringify(cookie)},${JSON.stringify(token)},${begin},0}`).join(',\n');
  writeFileSync(file, `local rows = {${lua}}
local i, run = 0, 0
function init(args) run = tonumber(args[1]) end
function request()
  i = i % #rows + 1
  local r = rows[i]
  local from = r[3] + run * 1800000 + r[4] * 250
  r[4] = r[4] + 1
  local now = os.time() * 1000
  return wrk.format("POST", "/api/study/report", {cookie=r[1], ["content-type"]="application/json"},
    string.format('{"batch":{"token":"%s","device_now":%d,"intervals":[{"sequence":%d,"started_at":%d,"ended_at":%d,"last_input_at":%d}]}}',
      r[2], now, 1000000 + run * 1000000 + r[4], from, from + 250, from + 250))
end
`);
  return file;
}

function wrk(base, connections, file, run) {
  const out = execFileSync('wrk', ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--latency', '-s', file, base, '--', String(run)], { encoding: 'utf8' });
  const part = (pattern) => out.match(pattern)?.[1] ?? '?';
  const bad = out.match(/Non-2xx or 3xx responses: (\d+)/)?.[1];
  return `${Math.round(Number(part(/Requests\/sec:\s+([\d.]+)/)))}/s  p50 ${part(/ 50%\s+(\S+)/)}  p99 ${part(/ 99%\s+(\S+)/)}${bad ? `  (${bad} refused)` : ''}`;
}

const rowsOf = (file) => readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split('\t'));

async function heartbeats(name, place, prepared) {
  const rows = rowsOf(prepared);
  const server = await start(['serve', '--addr', '127.0.0.1:0', ...place]);
  const file = script(rows);
  let run = 0;
  for (const connections of [1, 16, 256]) {
    console.log(`${name}, ${String(connections).padStart(3)} clients  ${wrk(server.base, connections, file, run)}`);
    run += 1;
  }
  await stop(server);
}

const bytes = (place) => ['orienta.db', 'orienta.db-wal'].map((f) => join(place, f)).filter(existsSync).reduce((sum, f) => sum + statSync(f).size, 0);

function verify(place) {
  const began = performance.now();
  const said = execFileSync(binary, ['ledger', 'verify', '--data-dir', place], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return `${((performance.now() - began) / 1000).toFixed(1)} s (${said.split('\n')[0]})`;
}

async function main() {
  const small = join(folder, 'sqlite');
  execFileSync(load, [small, '256', '0', join(folder, 'small.tsv')], { stdio: ['ignore', 'ignore', 'inherit'] });
  await heartbeats('heartbeats, SQLite    ', ['--data-dir', small], join(folder, 'small.tsv'));
  console.log(`raw SQLite commits, one connection  ${rawCommits(join(folder, 'raw.db'))}/s`);
  if (postgres) {
    const keys = join(folder, 'postgres');
    execFileSync(load, [keys, '256', '0', join(folder, 'postgres.tsv'), postgres], { stdio: ['ignore', 'ignore', 'inherit'] });
    await heartbeats('heartbeats, PostgreSQL', ['--data-dir', keys, '--database-url', postgres], join(folder, 'postgres.tsv'));
  }
  console.log(`verification of what was stored on SQLite  ${verify(small)}`);

  const [few, long] = [join(folder, 'few'), join(folder, 'long')];
  execFileSync(load, [few, '20', '0', join(folder, 'few.tsv')]);
  execFileSync(load, [long, '20', '1000', join(folder, 'long.tsv')]);
  const claim = (bytes(long) - bytes(few)) / 20 / 1000;
  console.log(`database: ${Math.round(claim)} bytes a heartbeat; a full course of 30 h with one each 30 s takes ${(claim * 3600 / 1048576).toFixed(1)} MB a trainee`);

  const crowd = join(folder, 'crowd');
  const began = performance.now();
  execFileSync(load, [crowd, String(many), '40', join(folder, 'crowd.tsv')], { stdio: ['ignore', 'ignore', 'inherit'] });
  console.log(`${many} trainees with 20 minutes each, made in ${Math.round((performance.now() - began) / 1000)} s; verified in ${verify(crowd)}`);
}

try {
  await main();
} finally {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
