import { forms } from '../text/forms';
import { equal } from './bytes';
import { type Certificate, fingerprint, isIssuedBy, parsePem } from './x509';

/** Intel SGX Root CA as Intel publishes it; a test holds its SHA-256 to the one in dcap.md. */
export const INTEL_SGX_ROOT = `-----BEGIN CERTIFICATE-----
MIICjzCCAjSgAwIBAgIUImUM1lqdNInzg7SVUr9QGzknBqwwCgYIKoZIzj0EAwIw
aDEaMBgGA1UEAwwRSW50ZWwgU0dYIFJvb3QgQ0ExGjAYBgNVBAoMEUludGVsIENv
cnBvcmF0aW9uMRQwEgYDVQQHDAtTYW50YSBDbGFyYTELMAkGA1UECAwCQ0ExCzAJ
BgNVBAYTAlVTMB4XDTE4MDUyMTEwNDUxMFoXDTQ5MTIzMTIzNTk1OVowaDEaMBgG
A1UEAwwRSW50ZWwgU0dYIFJvb3QgQ0ExGjAYBgNVBAoMEUludGVsIENvcnBvcmF0
aW9uMRQwEgYDVQQHDAtTYW50YSBDbGFyYTELMAkGA1UECAwCQ0ExCzAJBgNVBAYT
AlVTMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEC6nEwMDIYZOj/iPWsCzaEKi7
1OiOSLRFhWGjbnBVJfVnkY4u3IjkDYYL0MxO4mqsyYjlBalTVYxFP2sJBK5zlKOB
uzCBuDAfBgNVHSMEGDAWgBQiZQzWWp00ifODtJVSv1AbOScGrDBSBgNVHR8ESzBJ
MEegRaBDhkFodHRwczovL2NlcnRpZmljYXRlcy50cnVzdGVkc2VydmljZXMuaW50
ZWwuY29tL0ludGVsU0dYUm9vdENBLmRlcjAdBgNVHQ4EFgQUImUM1lqdNInzg7SV
Ur9QGzknBqwwDgYDVR0PAQH/BAQDAgEGMBIGA1UdEwEB/wQIMAYBAf8CAQEwCgYI
KoZIzj0EAwIDSQAwRgIhAOW/5QkR+S9CiSDcNoowLuPRLsWGf/Yi7GSX94BgwTwg
AiEA4J0lrHoMs+Xo5o/sX6O9QWxHRAvZUGOdRQ7cvqRXaqI=
-----END CERTIFICATE-----`;

/** What everything must chain to: a name and a key, whichever certificate carried them. */
export interface Root {
  certificate: Certificate;
  fingerprint: string;
  simulated: boolean;
}

export async function intelRoot(): Promise<Root> {
  return rootOf(INTEL_SGX_ROOT, false);
}

/** Another root, for demonstrations and tests: what calls it is not in a production build. */
export async function simulatedRoot(pem: string): Promise<Root> {
  return rootOf(pem, true);
}

async function rootOf(pem: string, simulated: boolean): Promise<Root> {
  const certificate = parsePem(pem, 1)[0];
  if (certificate === undefined || !(await isIssuedBy(certificate, certificate))) throw new Error(forms.certificate.noRoot);
  return { certificate, fingerprint: await fingerprint(certificate), simulated };
}

export async function isSameRoot(root: Root, other: Certificate): Promise<boolean> {
  const { certificate } = root;
  return (
    equal(other.der, certificate.der) ||
    (equal(other.subject, certificate.subject) &&
      equal(other.point, certificate.point) &&
      (await isIssuedBy(other, other)))
  );
}
