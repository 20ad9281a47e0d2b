import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The simulated platform, KMS, nodes and functions, and the page: real processes and sockets. */
export async function startSite() {
  const java = join(process.env.JAVA_HOME ?? '', 'bin', 'java');
  const classpath = process.env.MERO_E2E_CLASSPATH ?? join(ROOT, 'demo', 'target', 'mero-tee-demo.jar');
  const page = join(import.meta.dirname, '..', 'dist-demonstration');
  const args = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classpath, 'network.calimero.tee.demo.PageSite', page];
  const child = spawn(java, args, { stdio: ['pipe', 'pipe', 'pipe'] });
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
