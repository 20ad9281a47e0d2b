package network.calimero.tee.dcap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import network.calimero.tee.Corpus;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.SgxExtension;
import network.calimero.tee.simulator.pki.SimulatedCertificate;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.x509.Extensions;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;

/**
 * Our strict readers of certificates and CRLs beside the JDK's: the same meaning of whatever both
 * read, and nothing well signed that ours reads and the JDK's refuses.
 */
class JdkDifferentialTest {
  private static final SimulatedPki PKI = Scenario.PKI;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");
  private static final int MUTATIONS = 500;
  private static final Set<String> KNOWN_TO_US =
      Set.of(Extensions.AUTHORITY_KEY_IDENTIFIER, Extensions.CRL_NUMBER, Extensions.REASON_CODE);

  @Test
  void realCertificatesMeanTheSame() throws Exception {
    Set<Bytes> all = new LinkedHashSet<>();
    for (var quote : Corpus.json("EXPECTED.json").get("quotes").properties()) {
      all.addAll(certificates(Corpus.bytes(quote.getKey())));
    }
    for (Path bundle : files("collateral/bundles")) {
      all.addAll(certificates(Bytes.of(unescaped(Files.readString(bundle)).getBytes(US_ASCII))));
    }
    List<String> refused = new ArrayList<>();
    int read = 0;
    for (Bytes der : all) {
      try {
        assertSame(Certificate.parse(der), JdkComparison.jdkCertificate(der));
        read++;
      } catch (MalformedException e) {
        refused.add(e.reason());
      }
    }
    System.out.println("certificates of the corpus, read as the JDK reads them: " + read);
    assertThat(read).isGreaterThan(50);
    // Quotes that were damaged on purpose.
    assertThat(refused).containsExactlyInAnyOrder("public key is not a point of the curve");
  }

  @Test
  void realCrlsMeanTheSame() throws Exception {
    List<Path> files = files("collateral/crl");
    for (Path file : files) {
      Bytes der = Bytes.of(Files.readAllBytes(file));
      assertThat(JdkComparison.meaning(Crl.parse(der)))
          .as(file.toString())
          .isEqualTo(JdkComparison.meaning(JdkComparison.jdkCrl(der)));
    }
    System.out.println("CRLs of the corpus, read as the JDK reads them: " + files.size());
    assertThat(files).hasSizeGreaterThan(20);
  }

  @Test
  void simulatedCertificatesAndCrlsMeanTheSame() throws Exception {
    for (SimulatedCertificate certificate : simulatedCertificates()) {
      Bytes der = Bytes.of(certificate.der());
      assertSame(Certificate.parse(der), JdkComparison.jdkCertificate(der));
    }
    for (byte[] crl : simulatedCrls()) {
      Bytes der = Bytes.of(crl);
      assertThat(JdkComparison.meaning(Crl.parse(der)))
          .isEqualTo(JdkComparison.meaning(JdkComparison.jdkCrl(der)));
    }
  }

  @Test
  void damagedCertificatesThatAreStillWellSignedMeanTheSame() throws Exception {
    Random random = new Random(1);
    List<SimulatedCertificate> all = simulatedCertificates();
    P256.PublicKey root = Scenario.ANCHOR.certificate().key();
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Bytes der = Bytes.of(damaged(all.get(random.nextInt(all.size())).der(), random));
      read += compareCertificate(der, root) ? 1 : 0;
    }
    // Outside of what is signed there is next to nothing that may differ.
    assertThat(read).isLessThan(MUTATIONS / 20);
  }

  @Test
  void certificatesDamagedBeforeTheyAreSignedMeanTheSame() throws Exception {
    Random random = new Random(2);
    List<SimulatedCertificate> all = simulatedCertificates();
    P256.PublicKey root = Scenario.ANCHOR.certificate().key();
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Certificate genuine = Certificate.parse(Bytes.of(all.get(random.nextInt(all.size())).der()));
      byte[] tbs = damaged(genuine.signed().toArray(), random);
      read += compareCertificate(signed(tbs, PKI.root().key()), root) ? 1 : 0;
    }
    assertThat(read).isGreaterThan(MUTATIONS / 20);
  }

  @Test
  void crlsDamagedBeforeTheyAreSignedMeanTheSame() throws Exception {
    Random random = new Random(3);
    List<byte[]> all = simulatedCrls();
    P256.PublicKey root = Scenario.ANCHOR.certificate().key();
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Crl genuine = Crl.parse(Bytes.of(all.get(random.nextInt(all.size()))));
      byte[] tbs = damaged(genuine.signed().toArray(), random);
      read += compareCrl(signed(tbs, PKI.root().key()), root) ? 1 : 0;
      compareCrl(Bytes.of(damaged(all.get(random.nextInt(all.size())), random)), root);
    }
    assertThat(read).isGreaterThan(MUTATIONS / 20);
  }

  /** Whether ours reads it as well signed; then the JDK must read the same. */
  private static boolean compareCertificate(Bytes der, P256.PublicKey signer)
      throws GeneralSecurityException {
    Certificate ours;
    try {
      ours = Certificate.parse(der);
    } catch (MalformedException e) {
      return false;
    }
    if (!ours.isSignedBy(signer)) {
      return false;
    }
    X509Certificate jdk;
    try {
      jdk = JdkComparison.jdkCertificate(der);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the JDK refuses " + der.hex(), e);
    }
    jdk.verify(JdkComparison.jdkCertificate(Bytes.of(PKI.root().der())).getPublicKey());
    assertSame(ours, jdk);
    return true;
  }

  private static boolean compareCrl(Bytes der, P256.PublicKey signer)
      throws GeneralSecurityException {
    Crl ours;
    try {
      ours = Crl.parse(der);
    } catch (MalformedException e) {
      return false;
    }
    if (!ours.isSignedBy(signer)) {
      return false;
    }
    X509CRL jdk;
    try {
      jdk = JdkComparison.jdkCrl(der);
    } catch (GeneralSecurityException e) {
      List<String> found = extensions(der);
      if (!KNOWN_TO_US.containsAll(found)
          || found.indexOf(Extensions.CRL_NUMBER) < found.size() - 2) {
        return false; // an extension became another, which the JDK reads and nobody here believes
      }
      throw new AssertionError("the JDK refuses " + der.hex(), e);
    }
    jdk.verify(JdkComparison.jdkCertificate(Bytes.of(PKI.root().der())).getPublicKey());
    assertThat(JdkComparison.meaning(ours)).as(der.hex()).isEqualTo(JdkComparison.meaning(jdk));
    return true;
  }

  /** The OIDs of extensions of RFC 5280, as they occur. */
  private static List<String> extensions(Bytes der) {
    return Pattern.compile("0603(551d..)")
        .matcher(der.hex())
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static void assertSame(Certificate ours, X509Certificate jdk)
      throws GeneralSecurityException {
    assertThat(JdkComparison.meaning(ours))
        .as(ours.encoded().hex())
        .isEqualTo(JdkComparison.meaning(jdk));
  }

  /** One to three changes: a bit, a byte, two bytes swapped, or a byte left out or put in. */
  private static byte[] damaged(byte[] genuine, Random random) {
    byte[] bytes = genuine.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = bytes[random.nextInt(bytes.length)];
        case 3 -> bytes[at]++;
        default -> bytes[at]--;
      }
    }
    return bytes;
  }

  private static Bytes signed(byte[] tbs, SimulatedKey key) {
    byte[] rs = key.sign(tbs);
    ASN1EncodableVector pair = new ASN1EncodableVector();
    pair.add(new ASN1Integer(new BigInteger(1, rs, 0, 32)));
    pair.add(new ASN1Integer(new BigInteger(1, rs, 32, 32)));
    try {
      byte[] bits = new DERBitString(new DERSequence(pair).getEncoded()).getEncoded();
      byte[] algorithm = HexFormat.of().parseHex("300a06082a8648ce3d040302");
      return Bytes.of(
          network.calimero.tee.simulator.codec.Bytes.concat(
              header(tbs.length + algorithm.length + bits.length), tbs, algorithm, bits));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SEQUENCE of 256 bytes or more. */
  private static byte[] header(int length) {
    return new byte[] {0x30, (byte) 0x82, (byte) (length >> 8), (byte) length};
  }

  /** All of them signed by the root. */
  private static List<SimulatedCertificate> simulatedCertificates() {
    SgxExtension sgx = new SgxExtension().platform(new byte[16], true);
    return List.of(
        PKI.root(),
        PKI.pckCa(PckCa.PLATFORM),
        PKI.pckCa(PckCa.PROCESSOR),
        PKI.tcbSigning(),
        PKI.issuePck(PckCa.PLATFORM, "p", sgx, c -> c.issuedBy(PKI.root())),
        PKI.issuePck(PckCa.PLATFORM, "q", sgx, c -> c.issuedBy(PKI.root()).authorityKeyId(null)),
        PKI.rootVariant(c -> c.serial(BigInteger.ZERO).subjectKeyId(null).crlUrl(null)),
        PKI.rootVariant(
            c -> c.validity(Scenario.NOW, Scenario.NOW.plus(Duration.ofDays(365 * 40)))));
  }

  private static List<byte[]> simulatedCrls() {
    return List.of(
        PKI.rootCrl(c -> {}),
        PKI.rootCrl(c -> c.revoke(BigInteger.ONE).revoke(PKI.tcbSigning())),
        PKI.rootCrl(c ->
            c.number(BigInteger.ONE.shiftLeft(100))
                .validity(Scenario.NOW, Scenario.NOW.plus(Duration.ofDays(365 * 40)))));
  }

  private static Set<Bytes> certificates(Bytes text) {
    Set<Bytes> found = new LinkedHashSet<>();
    Matcher matcher = PEM.matcher(new String(text.toArray(), ISO_8859_1));
    while (matcher.find()) {
      String base64 = matcher.group(1).replaceAll("[^A-Za-z0-9+/=]", "");
      if (base64.length() % 4 == 0) { // some quotes are cut short on purpose
        found.add(Bytes.of(Base64.getDecoder().decode(base64)));
      }
    }
    return found;
  }

  private static String unescaped(String json) {
    return json.replace("\\n", "\n").replaceAll("[^\\x00-\\x7f]", "?");
  }

  private static List<Path> files(String folder) {
    try (Stream<Path> files = Files.list(Corpus.path(folder))) {
      return new ArrayList<>(files.sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
