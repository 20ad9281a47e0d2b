import { describe, expect, it } from 'vitest';
import publicGood from '../../../shared/attestation/src/main/resources/network/calimero/tee/sigstore/public-good-trusted-root.json?raw';
import { WORKFLOWS, sigstoreRoot, verifySignature } from '../src/verify/sigstore';
import { bytesOf, hasCorpus, textOf } from './corpus';

const POLICY = 'mero-tee/signed-policy/kms-phala-attestation-policy.locked-read-only.json';

describe.runIf(hasCorpus('the signature of a real policy'))('the signature of a real policy', () => {
  const bundle = () => textOf(`${POLICY}.bundle.json`);
  const verify = async (artifact = bytesOf(POLICY), text = bundle(), workflow: (typeof WORKFLOWS)[keyof typeof WORKFLOWS] = WORKFLOWS.phala) =>
    verifySignature(artifact, text, await sigstoreRoot(publicGood), workflow);

  it("holds under Sigstore's root", async () => {
    await expect(verify()).resolves.toBeUndefined();
  });

  it('is not that of another file, workflow or family', async () => {
    const changed = bytesOf(POLICY);
    changed[100]! ^= 1;
    await expect(verify(changed)).rejects.toThrow('another file');
    await expect(verify(undefined, undefined, WORKFLOWS.cluster)).rejects.toThrow('another identity');
    await expect(verify(undefined, undefined, WORKFLOWS.node)).rejects.toThrow('another workflow');
  });

  it('does not hold with fields that are not known', async () => {
    for (const place of ['', 'rekorBundle', 'rekorBundle.Payload']) {
      const changed = JSON.parse(bundle()) as Record<string, any>;
      const owner = place.split('.').reduce((one, name) => (name === '' ? one : one[name]), changed);
      owner.more = 1;
      await expect(verify(undefined, JSON.stringify(changed)), place).rejects.toThrow('"more" is not known');
    }
  });

  it('does not hold under authorities that may not issue, or not so many below', async () => {
    const root = await sigstoreRoot(publicGood);
    const turned = root.authorities.map((one) => ({ ...one, chain: one.chain.toReversed() }));
    const without = root.authorities.map((one) => ({ ...one, chain: one.chain.map((each) => ({ ...each, extensions: new Map() })) }));
    for (const authorities of [[], turned, without]) {
      await expect(verifySignature(bytesOf(POLICY), bundle(), { ...root, authorities }, WORKFLOWS.phala)).rejects.toThrow('no authority');
    }
  });

  it('does not hold if no known log of certificates has the certificate', async () => {
    const root = await sigstoreRoot(publicGood);
    const [first] = root.certificateLogs;
    const other = root.logs[0]!.key;
    const held = verifySignature(bytesOf(POLICY), bundle(), { ...root, certificateLogs: root.certificateLogs.slice(-1) }, WORKFLOWS.phala);
    await expect(held).resolves.toBeUndefined();
    for (const [certificateLogs, why] of [
      [[], 'in no log of certificates'],
      [[first!], 'in no log of certificates'],
      [root.certificateLogs.map((log) => ({ ...log, key: other })), 'did not sign the timestamp'],
      [root.certificateLogs.map((log) => ({ ...log, until: log.from })), 'did not sign the timestamp'],
    ] as const) {
      const unpublished = verifySignature(bytesOf(POLICY), bundle(), { ...root, certificateLogs: [...certificateLogs] }, WORKFLOWS.phala);
      await expect(unpublished).rejects.toThrow(why);
    }
  });

  it('does not hold with another time, promise, signature or certificate', async () => {
    const original = JSON.parse(bundle()) as Record<string, any>;
    const flip = (text: string) => text.replace(/[A-Za-z](?=[^A-Za-z]*$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    const changes: ((b: Record<string, any>) => void)[] = [
      (b) => b.rekorBundle.Payload.integratedTime++,
      (b) => b.rekorBundle.Payload.logIndex++,
      (b) => (b.rekorBundle.Payload.logID = '00'.repeat(32)),
      (b) => (b.rekorBundle.SignedEntryTimestamp = flip(b.rekorBundle.SignedEntryTimestamp)),
      (b) => (b.base64Signature = flip(b.base64Signature)),
      (b) => (b.cert = flip(b.cert)),
      (b) => (b.rekorBundle.Payload.body = flip(b.rekorBundle.Payload.body)),
    ];
    for (const change of changes) {
      const changed = structuredClone(original);
      change(changed);
      await expect(verify(undefined, JSON.stringify(changed)), String(change)).rejects.toThrow();
    }
  });
});
