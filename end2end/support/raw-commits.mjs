// What the disk gives: rows committed one by one by Python's SQLite, on one connection, for three seconds.
import { execFileSync } from 'node:child_process';

/** Commits a second into the new database `file`. */
export function rawCommits(file) {
  const code = `
import sqlite3, time
c = sqlite3.connect(${JSON.stringify(file)}, isolation_level=None)
c.execute('pragma journal_mode=wal'); c.execute('pragma synchronous=full'); c.execute('create table t (a, b, c)')
n, began = 0, time.monotonic()
while time.monotonic() - began < 3:
    c.execute('begin immediate'); c.execute('insert into t values (1, 2, ?)', ('x' * 60,)); c.execute('commit'); n += 1
print(round(n / (time.monotonic() - began)))`;
  return execFileSync('python3', ['-c', code], { encoding: 'utf8' }).trim();
}
