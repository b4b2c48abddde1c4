import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The tiny programme `muestra`, of three minutes. */
export const SAMPLE = new URL('../fixtures/programme', import.meta.url).pathname;

const START = 90_000; // the demonstration is made before the server listens
const STOP = 10_000;

export type StartOptions = {
  /** Folders of programmes to load before serving. */
  programmes?: string[];
  /** More flags for `orienta serve`. */
  args?: string[];
  env?: Record<string, string>;
  /** The folder in which it runs. */
  cwd?: string;
  /** Another program than the one of the suite. */
  binary?: string;
};

/** One server with a data folder of its own: `await Orienta.start()` … `await orienta.dispose()`. */
export class Orienta {
  /** What the server said so far, on both outputs. */
  output = '';
  #url = '';
  #process: ChildProcess | undefined;

  private constructor(
    readonly dataDir: string,
    private readonly options: StartOptions,
  ) {}

  static async start(options: StartOptions = {}): Promise<Orienta> {
    const orienta = new Orienta(mkdtempSync(join(tmpdir(), 'orienta-')), options);
    try {
      for (const programme of options.programmes ?? []) orienta.cli('curriculum', 'load', programme);
      await orienta.serve();
    } catch (error) {
      await orienta.dispose();
      throw error;
    }
    return orienta;
  }

  /** `http://127.0.0.1:PORT`; another one after each `serve`. */
  get url(): string {
    return this.#url;
  }

  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error('orienta is not running');
    return pid;
  }

  /** Serves the data folder at its public address, for the first time or again after `stop` or `kill`. */
  async serve(): Promise<void> {
    if (this.#process) throw new Error('orienta is running already');
    const address = `127.0.0.1:${await freePort()}`;
    const place = ['--data-dir', this.dataDir, '--addr', address, '--public-url', `http://${address}`];
    const args = ['serve', ...place, ...(this.options.args ?? [])];
    const child = spawn(this.options.binary ?? binary(), args, { cwd: this.options.cwd, env: this.#env(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    let heard = '';
    this.#url = await new Promise<string>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`orienta serve ${why}:\n${this.output.slice(-4000)}`));
      const timer = setTimeout(() => fail(`did not listen within ${START} ms`), START);
      child.once('error', (error) => fail(error.message));
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        if (this.#process === child) this.#process = undefined;
        fail(`ended with ${code ?? signal}`);
      });
      child.stderr.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
      child.stdout.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
        heard += chunk.toString();
        const found = /listening on (http:\/\/[\w.:[\]]+)\s/.exec(heard);
        if (found?.[1]) {
          clearTimeout(timer);
          resolve(found[1]);
        }
      });
    });
  }

  /** Asks the server to end, as a service manager does; kills it only if it does not. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** As a power cut does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) {
      this.#process = undefined;
      return;
    }
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP);
    await ended;
    clearTimeout(timer);
    this.#process = undefined;
  }

  /** Stops the server and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Runs `orienta ARGS… --data-dir DIR` and returns its standard output; throws if it exits with anything but 0. */
  cli(...args: string[]): string {
    return this.cliWith('', ...args);
  }

  /** The same with a line on standard input: how a secret is handed over. */
  cliWith(input: string, ...args: string[]): string {
    const run = { cwd: this.options.cwd, env: this.#env(), encoding: 'utf8', input, stdio: 'pipe' } as const;
    return execFileSync(this.options.binary ?? binary(), [...args, '--data-dir', this.dataDir], run).trim();
  }

  /** Rows of a query over the server's database; values are quoted: `orienta.rows`select hash from t where id = ${id}``. Blobs: ask for `hex(…)`. */
  rows<Row = Record<string, unknown>>(sql: TemplateStringsArray, ...values: (string | number | null)[]): Row[] {
    const query = String.raw({ raw: sql.raw }, ...values.map(quoted));
    const json = execFileSync('sqlite3', ['-readonly', '-json', '-cmd', '.timeout 5000', join(this.dataDir, 'orienta.db'), query], { encoding: 'utf8' });
    return json.trim() === '' ? [] : (JSON.parse(json) as Row[]);
  }

  #env(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.options.env };
  }
}

/** The program that the suite tests. */
export function binary(): string {
  const path = process.env['ORIENTA_BIN'];
  if (!path) throw new Error('ORIENTA_BIN names no binary: run the journeys by ./x e2e');
  return path;
}

function quoted(value: string | number | null): string {
  if (value === null) return 'null';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
