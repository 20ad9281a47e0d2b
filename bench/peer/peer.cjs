// Times the npm peer on the quote that the benchmark names: `node peer.cjs QUOTE BUNDLE NOW WARMUP_MS MEASURE_MS`.
// Prints one JSON line: mean microseconds of one full verification from bytes, and how many were timed.
const fs = require('node:fs');
const { verify } = require('@phala/dcap-qvl');

const [quotePath, bundlePath, now, warmup, measure] = process.argv.slice(2);
const quote = fs.readFileSync(quotePath);
const bundle = JSON.parse(fs.readFileSync(bundlePath, 'utf8'));
const collateral = {
  ...bundle,
  root_ca_crl: Buffer.from(bundle.root_ca_crl, 'hex'),
  pck_crl: Buffer.from(bundle.pck_crl, 'hex'),
  tcb_info_signature: Buffer.from(bundle.tcb_info_signature, 'hex'),
  qe_identity_signature: Buffer.from(bundle.qe_identity_signature, 'hex'),
};

function run(milliseconds) {
  const start = process.hrtime.bigint();
  const end = start + BigInt(milliseconds) * 1_000_000n;
  let count = 0;
  let status;
  while (process.hrtime.bigint() < end) {
    status = verify(quote, collateral, Number(now)).status;
    count++;
  }
  return { status, count, micros: Number(process.hrtime.bigint() - start) / 1000 / count };
}

run(Number(warmup));
console.log(JSON.stringify(run(Number(measure))));
