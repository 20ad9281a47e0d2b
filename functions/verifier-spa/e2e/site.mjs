import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..', '..', '..');

const JAVA = join(process.env.JAVA_HOME ?? '', 'bin', 'java');
const CLASSPATH = process.env.MERO_E2E_CLASSPATH ?? join(ROOT, 'demo', 'target', 'mero-tee-demo.jar');
const OPTIONS = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', CLASSPATH];

/** What `mero-tee verify-report` says of a report, under the site's roots. */
export async function verifyReport(site, report) {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  try {
    const config = await (await fetch(`${site.page}/config.json`)).json();
    const file = (name, content) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const args = [file('report.json', JSON.stringify(report)), '--root', file('root.pem', config.simulatedRoot), '--trusted-root', file('sigstore.json', config.simulatedSigstore)];
    const ended = spawnSync(JAVA, [...OPTIONS, 'network.calimero.tee.cli.Main', 'verify-report', ...args], { encoding: 'utf8', timeout: 60_000 });
    return ended.stdout + ended.stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The simulated platform, KMS, nodes and functions, and the page: real processes and sockets. */
export async function startSite() {
  const page = join(import.meta.dirname, '..', 'dist-demonstration');
  const child = spawn(JAVA, [...OPTIONS, 'network.calimero.tee.demo.PageSite', page], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => {
    said = (said + data).slice(-4000);
  });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the site ended with ${code}: ${said}`)));
    child.once('error', reject);
  });
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.stdin.end();
    });
  return { ...JSON.parse(line), stop };
}

/** Somebody in between: hands every question on to a genuine host, and its answer back. */
export async function startRelay(target) {
  const server = createServer((call, answer) => {
    const onward = request(new URL(call.url, target), { method: call.method, headers: { ...call.headers, host: new URL(target).host } }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    call.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

export async function post(url, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  return response.json();
}
