/** Sigstore's public root, the same file that the functions are built with. */
export { default as publicGood } from '../../../shared/attestation/src/main/resources/network/calimero/tee/sigstore/public-good-trusted-root.json?raw';
export { sigstoreRoot } from './verify/sigstore';
