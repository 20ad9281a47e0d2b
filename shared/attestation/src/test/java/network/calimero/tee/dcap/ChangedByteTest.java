package network.calimero.tee.dcap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.simulator.quote.QuoteFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One byte changed at every offset of a quote and of each part of its collateral, one bit or all of
 * them: never is the answer another "yes". The few changes that leave the answer a "yes", and the
 * same one, are exactly those that this class names with their reason.
 */
class ChangedByteTest {
  private static final Pattern PEM_BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]*)-----END CERTIFICATE-----");

  /** Bytes in the auth data behind all that belongs there. */
  private static final int SLACK = 3;

  /** What is done to a byte. */
  enum Damage {
    /** The smallest damage, which is the hardest to notice; each of the eight bits in its turn. */
    ONE_BIT,
    ALL_BITS;

    int mask(int offset) {
      return this == ONE_BIT ? 1 << (offset % 8) : 0xff;
    }
  }

  @Test
  void aChangedQuoteIsNeverAnotherYes() {
    assertNeverAnotherYes(QuoteFormat.TDX_V4, Damage.ONE_BIT);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource(names = "TDX_V4", mode = EnumSource.Mode.EXCLUDE)
  void norIsOneOfAnotherForm(QuoteFormat format) {
    assertNeverAnotherYes(format, Damage.ONE_BIT);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource
  void norIsOneWithAllBitsOfAByteChanged(QuoteFormat format) {
    assertNeverAnotherYes(format, Damage.ALL_BITS);
  }

  private static void assertNeverAnotherYes(QuoteFormat format, Damage damage) {
    Scenario scenario =
        new Scenario()
            .format(format)
            .quote(q -> q.authSlack(new byte[SLACK]).trailing(new byte[] {0, 0}))
            .platform(p -> p.chainText(t -> "text around" + t + "\0"));
    Scenario.Evidence evidence = (format.isSgx() ? scenario.sgx() : scenario).evidence();
    Quote quote = evidence.parsed();
    Collateral collateral = evidence.unproven();
    DcapVerifier verifier = verifier();
    Set<Integer> accepted =
        accepted(
            quote.bytes(),
            damage,
            changed -> answer(verifier, Quote.parse(changed), collateral),
            answer(verifier, quote, collateral));

    Set<Integer> unjudged = new TreeSet<>();
    Bytes chain = quote.signatureData().certificationData().data();
    int end = quote.declaredLength() - SLACK;
    int start = end - chain.length();
    // Bytes after the quote, and slack in its auth data: tolerated and never read.
    unjudged.addAll(offsets(end, quote.bytes().length()));
    // The auth data's size, which says no more than where the one ends and the other begins.
    int authSize = quote.signedBytes().length();
    unjudged.addAll(
        ofSize(quote, damage, authSize, end - authSize - 4, quote.bytes().length() - authSize - 4));
    // The text around certificates in PEM, and the bits of base64 that stand for nothing.
    unjudged.addAll(ofPem(chain, damage, start));
    if (format.isSgx()) {
      // Not nested, the chain's text after its last certificate may end sooner or in the slack.
      int needed = new String(chain.toArray(), ISO_8859_1).lastIndexOf("-\n\0") + 1;
      unjudged.addAll(ofSize(quote, damage, start - 4, needed, chain.length() + SLACK));
    }
    assertSame(accepted, unjudged);
  }

  /** Changes of a little-endian size of four bytes after which it lies within both bounds. */
  private static Set<Integer> ofSize(Quote quote, Damage damage, int at, int least, int most) {
    long size = 0;
    for (int i = 3; i >= 0; i--) {
      size = (size << 8) | quote.bytes().byteAt(at + i);
    }
    Set<Integer> unjudged = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      long changed = size ^ ((long) damage.mask(at + i) << (8 * i));
      if (changed >= least && changed <= most) {
        unjudged.add(at + i);
      }
    }
    return unjudged;
  }

  /** Names what is in one of them only: the sets have thousands of members. */
  private static void assertSame(Set<Integer> accepted, Set<Integer> unjudged) {
    Set<Integer> unexpected = new TreeSet<>(accepted);
    unexpected.removeAll(unjudged);
    Set<Integer> missing = new TreeSet<>(unjudged);
    missing.removeAll(accepted);
    assertThat(unexpected).as("accepted and not named").isEmpty();
    assertThat(missing).as("named and not accepted").isEmpty();
  }

  @Test
  void certificationDataOfTypes1To3ProvesNothingAndChangesNothing() {
    assertUnjudged(Damage.ONE_BIT);
  }

  @Tag("exhaustive")
  @Test
  void norDoesItWithAllBitsOfAByteChanged() {
    assertUnjudged(Damage.ALL_BITS);
  }

  private static void assertUnjudged(Damage damage) {
    Scenario scenario = new Scenario().platform(p -> p.certificationType(3).pckChainInCollateral());
    Scenario.Evidence evidence = scenario.evidence();
    Quote quote = evidence.parsed();
    Collateral collateral = evidence.unproven();
    DcapVerifier verifier = verifier();
    Set<Integer> accepted =
        accepted(
            quote.bytes(),
            damage,
            changed -> answer(verifier, Quote.parse(changed), collateral),
            answer(verifier, quote, collateral));

    int end = quote.declaredLength();
    int data = end - quote.signatureData().certificationData().data().length();
    // The PPID, CPUSVN, PCESVN and PCEID that are there to ask for a certificate: the certificate
    // that the QE report's signature proves says them again.
    Set<Integer> unjudged = new TreeSet<>(offsets(data, end));
    // The type: 1, 2 and 4 carry no chain either.
    int type = data - 6;
    if (Set.of(1, 2, 4).contains(3 ^ damage.mask(type))) {
      unjudged.add(type);
    }
    assertSame(accepted, unjudged);
  }

  @Test
  void changedCollateralIsNeverAnotherYes() {
    Scenario scenario = new Scenario().platform(p -> p.pckChainInCollateral());
    Scenario.Evidence evidence = scenario.evidence();
    Quote quote = evidence.parsed();
    Collateral genuine = evidence.unproven();
    DcapVerifier verifier = verifier();
    String yes = answer(verifier, quote, genuine);

    Damage damage = Damage.ONE_BIT;
    Map<String, Set<Integer>> accepted = new TreeMap<>();
    Map<String, Set<Integer>> unjudged = new TreeMap<>();
    parts(genuine)
        .forEach((name, part) -> {
          accepted.put(
              name,
              accepted(
                  part.value(),
                  damage,
                  changed -> answer(verifier, quote, part.with().apply(genuine, changed)),
                  yes));
          unjudged.put(name, Set.of());
        });
    // The quote's own chain names and proves the issuer of the PCK CRL.
    unjudged.put("PCK CRL issuer chain", offsets(0, genuine.pckCrlIssuerChain().length()));
    // For quotes that carry no chain; this one does.
    Bytes given = genuine.pckCertificateChain().orElseThrow();
    unjudged.put("PCK certificate chain", offsets(0, given.length()));
    // The text around certificates in PEM, and the bits of base64 that stand for nothing.
    unjudged.put("TCB info issuer chain", ofPem(genuine.tcbInfoIssuerChain(), damage, 0));
    unjudged.put("QE identity issuer chain", ofPem(genuine.qeIdentityIssuerChain(), damage, 0));
    assertThat(accepted.keySet()).isEqualTo(unjudged.keySet());
    unjudged.forEach((name, changes) -> assertSame(accepted.getOrDefault(name, Set.of()), changes));
  }

  /** A part of collateral, and the collateral with another in its place. */
  private record Part(Bytes value, BiFunction<Collateral, Bytes, Collateral> with) {}

  private static Map<String, Part> parts(Collateral c) {
    Map<String, Part> parts = new TreeMap<>();
    parts.put("PCK CRL issuer chain", part(c.pckCrlIssuerChain(), 0));
    parts.put("root CRL", part(c.rootCaCrl(), 1));
    parts.put("PCK CRL", part(c.pckCrl(), 2));
    parts.put("TCB info issuer chain", part(c.tcbInfoIssuerChain(), 3));
    parts.put("TCB info", part(c.tcbInfo(), 4));
    parts.put("TCB info signature", part(c.tcbInfoSignature(), 5));
    parts.put("QE identity issuer chain", part(c.qeIdentityIssuerChain(), 6));
    parts.put("QE identity", part(c.qeIdentity(), 7));
    parts.put("QE identity signature", part(c.qeIdentitySignature(), 8));
    parts.put("PCK certificate chain", part(c.pckCertificateChain().orElseThrow(), 9));
    return parts;
  }

  private static Part part(Bytes value, int index) {
    return new Part(
        value,
        (c, changed) -> {
          List<Bytes> all =
              new ArrayList<>(
                  List.of(
                      c.pckCrlIssuerChain(),
                      c.rootCaCrl(),
                      c.pckCrl(),
                      c.tcbInfoIssuerChain(),
                      c.tcbInfo(),
                      c.tcbInfoSignature(),
                      c.qeIdentityIssuerChain(),
                      c.qeIdentity(),
                      c.qeIdentitySignature(),
                      c.pckCertificateChain().orElseThrow()));
          all.set(index, changed);
          return new Collateral(
              all.get(0),
              all.get(1),
              all.get(2),
              all.get(3),
              all.get(4),
              all.get(5),
              all.get(6),
              all.get(7),
              all.get(8),
              Optional.of(all.get(9)));
        });
  }

  private interface Answering {
    String to(Bytes changed) throws QuoteFormatException;
  }

  /** The offsets whose damage leaves the answer a "yes"; it must be the same one. */
  private static Set<Integer> accepted(
      Bytes genuine, Damage damage, Answering verifier, String yes) {
    assertThat(yes).startsWith("yes");
    Set<Integer> accepted = Collections.synchronizedSet(new TreeSet<>());
    IntStream.range(0, genuine.length())
        .parallel()
        .forEach(offset -> {
          byte[] changed = genuine.toArray();
          changed[offset] ^= (byte) damage.mask(offset);
          String answer = ask(verifier, Bytes.of(changed));
          if (!answer.equals("no")) {
            assertThat(answer).as("byte %d", offset).isEqualTo(yes);
            accepted.add(offset);
          }
        });
    return accepted;
  }

  private static String ask(Answering verifier, Bytes changed) {
    try {
      return verifier.to(changed);
    } catch (QuoteFormatException e) {
      return "no";
    }
  }

  /** All that a relying party can learn from a verified quote, except its untrusted bytes. */
  private static String answer(DcapVerifier verifier, Quote quote, Collateral collateral) {
    try {
      VerifiedQuote verified = verifier.verify(quote, collateral, Scenario.NOW);
      return "yes: %s %s %s %s"
          .formatted(
              verified.quote().signedBytes().hex(),
              verified.tcb(),
              verified.platform(),
              verified.collateral());
    } catch (VerificationException e) {
      return "no";
    }
  }

  /** Remembers what is proven of the bytes that did not change; changed ones have other keys. */
  private static DcapVerifier verifier() {
    return DcapVerifier.caching(Scenario.ANCHOR, VerifierOptions.STRICT, 2);
  }

  private static Set<Integer> offsets(int from, int to) {
    return new TreeSet<>(IntStream.range(from, to).boxed().toList());
  }

  /** What may change in PEM: text outside of blocks, and bits that base64 does not use. */
  private static Set<Integer> ofPem(Bytes pem, Damage damage, int base) {
    String text = new String(pem.toArray(), ISO_8859_1);
    Set<Integer> unjudged = new TreeSet<>();
    int outside = 0;
    Matcher block = PEM_BLOCK.matcher(text);
    while (block.find()) {
      unjudged.addAll(offsets(base + outside, base + block.start()));
      int last = lastDigit(text, block.end(1));
      if (onlyUnusedBits(text, last, damage.mask(base + last))) {
        unjudged.add(base + last);
      }
      outside = block.end();
    }
    assertThat(outside).isPositive();
    unjudged.addAll(offsets(base + outside, base + text.length()));
    return unjudged;
  }

  /** Where base64 that ends there has its last character before the padding. */
  private static int lastDigit(String text, int end) {
    int last = end - 1;
    while (text.charAt(last) == '=' || text.charAt(last) == '\n') {
      last--;
    }
    return last;
  }

  /** Of the six bits of the last character, two are unused before one "=", four before two. */
  private static boolean onlyUnusedBits(String text, int last, int mask) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    int unused = text.startsWith("==", last + 1) ? 4 : text.startsWith("=", last + 1) ? 2 : 0;
    int before = alphabet.indexOf(text.charAt(last));
    int after = alphabet.indexOf(text.charAt(last) ^ mask);
    return after >= 0 && (before >> unused) == (after >> unused);
  }
}
