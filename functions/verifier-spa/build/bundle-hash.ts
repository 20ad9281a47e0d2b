import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** Files that an operator may change without it being another page. */
const OF_THE_OPERATOR = ['config.json'];
const LIST = 'SHA256SUMS';

/**
 * Writes a copy of the page for each path, so that any static host serves them, and the hashes of all files: the hash
 * of the bundle is the SHA-256 of SHA256SUMS, and `sha256sum -c SHA256SUMS` checks the rest.
 */
export function bundleHash(paths: readonly string[]): Plugin {
  let folder = '';
  return {
    name: 'bundle-hash',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      const page = readFileSync(join(folder, 'index.html'));
      for (const path of [...paths.map((one) => join(one, 'index.html')), '404.html']) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), page);
      }
      const sums = files(folder)
        .filter((file) => !OF_THE_OPERATOR.includes(file) && !file.startsWith(LIST) && file !== 'bundle.sha256')
        .sort()
        .map((file) => `${sha256(readFileSync(join(folder, file)))}  ${file}\n`)
        .join('');
      writeFileSync(join(folder, LIST), sums);
      writeFileSync(join(folder, 'bundle.sha256'), `${sha256(sums)}\n`);
    },
  };
}

function files(folder: string, below = folder): string[] {
  return readdirSync(below).flatMap((name) => {
    const path = join(below, name);
    return statSync(path).isDirectory() ? files(folder, path) : [relative(folder, path)];
  });
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
