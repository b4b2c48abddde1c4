// compress.mjs FOLDER: takes comments and line ends out of stylesheets, then writes NAME.br beside each file that brotli makes shorter.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const folder = process.argv[2];
if (!folder) throw new Error('usage: compress.mjs FOLDER');

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.name.endsWith('.br')) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  if (path.endsWith('.css')) writeFileSync(path, readFileSync(path, 'utf8').replace(/\/\*[^]*?\*\//g, '').replace(/\s*\n\s*/g, '').replace(/;}/g, '}'));
  const bytes = readFileSync(path);
  const compressed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  if (compressed.length < bytes.length) writeFileSync(`${path}.br`, compressed);
}
