package network.calimero.tee.dcap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.eventlog.CcelLog;
import network.calimero.tee.eventlog.DstackLog;
import network.calimero.tee.eventlog.EventLog;
import network.calimero.tee.eventlog.EventLogFormatException;
import network.calimero.tee.eventlog.RawCcel;
import network.calimero.tee.eventlog.Replay;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleasePolicy;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.QuoteJson;
import network.calimero.tee.quote.QuoteText;
import network.calimero.tee.sigstore.Claims;
import network.calimero.tee.sigstore.CosignBundle;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.LogEntry;
import network.calimero.tee.sigstore.LoggedSignature;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.SignedBy;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.releases.SimulatedPolicy;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import network.calimero.tee.simulator.tdx.TdImage;
import network.calimero.tee.x509.DistinguishedName;

/**
 * Whatever reads bytes of strangers. Whatever the bytes are, reading them ends, in a value or in
 * the one exception that is for it, with a text that is short and printable.
 */
enum Parser {
  QUOTE {
    @Override
    List<Bytes> seeds() {
      return List.of(
          new Scenario().evidence().quote(),
          new Scenario().format(QuoteFormat.TDX_V5_TD15).evidence().quote(),
          new Scenario().sgx().evidence().quote(),
          new Scenario().platform(p -> p.certificationType(2)).evidence().quote());
    }

    @Override
    void read(Bytes bytes) throws QuoteFormatException, VerificationException {
      Quote quote = Quote.parse(bytes);
      if (QuoteJson.text(quote).isEmpty() || QuoteText.of(quote).isEmpty()) {
        throw new AssertionError("nothing to show");
      }
      Genuine.VERIFIER.verify(quote, Genuine.COLLATERAL, Scenario.NOW);
    }
  },
  CERTIFICATE {
    @Override
    List<Bytes> seeds() {
      return List.of(
          Bytes.of(SimulatedPlatform.builder(Scenario.NOW).pki(Scenario.PKI).build().pck().der()),
          Bytes.of(Scenario.PKI.root().der()),
          Bytes.of(Scenario.PKI.pckCa(PckCa.PLATFORM).der()));
    }

    @Override
    void read(Bytes bytes) throws MalformedException {
      Certificate certificate = Certificate.parse(bytes);
      requirePlain(certificate.commonName());
      PckExtension.read(certificate);
    }
  },
  CRL {
    @Override
    List<Bytes> seeds() {
      return List.of(
          Bytes.of(Scenario.PKI.rootCrl(c -> {})),
          Bytes.of(Scenario.PKI.rootCrl(c -> c.revoke(Scenario.PKI.tcbSigning()))));
    }

    @Override
    void read(Bytes bytes) throws MalformedException {
      Crl crl = Crl.parse(bytes);
      requirePlain(DistinguishedName.commonName(crl.issuer()));
    }
  },
  TCB_INFO {
    @Override
    List<Bytes> seeds() {
      return List.of(
          Genuine.COLLATERAL.tcbInfo(), new Scenario().sgx().evidence().unproven().tcbInfo());
    }

    @Override
    void read(Bytes bytes) throws MalformedException {
      TcbInfo info = TcbInfoParser.parse(bytes);
      if (info.levels().isEmpty() || info.id().equals("TDX") == info.tdxModule().isEmpty()) {
        throw new AssertionError("TCB info that cannot be: " + info);
      }
    }
  },
  QE_IDENTITY {
    @Override
    List<Bytes> seeds() {
      return List.of(Genuine.COLLATERAL.qeIdentity());
    }

    @Override
    void read(Bytes bytes) throws MalformedException {
      if (QeIdentity.parse(bytes).levels().isEmpty()) {
        throw new AssertionError("QE identity without levels");
      }
    }
  },
  PEM {
    @Override
    List<Bytes> seeds() {
      return List.of(
          Genuine.QUOTE.signatureData().certificationData().data(),
          Genuine.COLLATERAL.tcbInfoIssuerChain());
    }

    @Override
    void read(Bytes bytes) throws MalformedException, VerificationException {
      if (Certificate.parsePem(bytes, 3).size() > 3) {
        throw new AssertionError("more than asked for");
      }
      PckChain.authenticate(bytes, Scenario.ANCHOR, Scenario.NOW);
    }
  },
  COLLATERAL {
    @Override
    List<Bytes> seeds() {
      return List.of(
          Bytes.of(Genuine.EVIDENCE.collateral().json().getBytes(UTF_8)),
          Bytes.of(
              new Scenario()
                  .platform(p -> p.pckChainInCollateral())
                  .evidence()
                  .collateral()
                  .json()
                  .getBytes(UTF_8)));
    }

    @Override
    void read(Bytes bytes) throws CollateralFormatException, VerificationException {
      Collateral collateral = CollateralJson.parse(bytes);
      String written = CollateralJson.write(collateral).toString();
      if (!CollateralJson.parse(Bytes.of(written.getBytes(UTF_8))).equals(collateral)) {
        throw new AssertionError("collateral that does not survive writing and reading");
      }
      Genuine.VERIFIER.verify(Genuine.QUOTE, collateral, Scenario.NOW);
    }
  },
  DSTACK_LOG {
    @Override
    List<Bytes> seeds() {
      String digest = "ab".repeat(48);
      String given =
          "{\"imr\":0,\"event_type\":1,\"digest\":\"%s\",\"event\":\"\",".formatted(digest);
      return List.of(
          utf8(
              "[%s\"event_payload\":\"\"},{\"imr\":3,\"event_type\":134217729,\"digest\":\"\","
                      .formatted(given)
                  + "\"event\":\"compose-hash\",\"event_payload\":\"%s\"}]"
                      .formatted("cd".repeat(32))),
          utf8(
              "[{\"imr\":3,\"event_type\":134217729,\"digest\":\"\",\"event\":\"app-id\","
                  + "\"event_payload\":\"0011\",\"version\":2}]"));
    }

    @Override
    void read(Bytes bytes) throws EventLogFormatException {
      replay(DstackLog.parse(bytes));
    }
  },
  CCEL {
    @Override
    List<Bytes> seeds() {
      return List.of(RawCcel.good());
    }

    @Override
    void read(Bytes bytes) throws EventLogFormatException {
      replay(CcelLog.parse(bytes));
    }
  },
  POLICY {
    @Override
    List<Bytes> seeds() {
      return List.of(
          Bytes.of(
              SimulatedPolicy.of("2.3.71", "locked-read-only")
                  .acceptNode(SimulatedPlatform.at(Scenario.NOW).launch(TdImage.named("node")))
                  .json()));
    }

    @Override
    void read(Bytes bytes) throws PolicyDocumentException {
      ReleasePolicy policy =
          PolicyDocument.parse(bytes)
              .forRelease(
                  new ReleaseVersion(2, 3, 71),
                  Profile.LOCKED_READ_ONLY,
                  new PolicyAsset("policy.json", true));
      if (policy.forNodes().profile() != Profile.LOCKED_READ_ONLY) {
        throw new AssertionError("a policy of another profile");
      }
    }
  },
  COSIGN_BUNDLE {
    @Override
    List<Bytes> seeds() {
      return List.of(Bytes.of(Signed.POLICY.cosignBundle()));
    }

    @Override
    void read(Bytes bytes) throws SignatureRefusedException {
      Signed.verify(CosignBundle.parse(bytes));
    }
  },
  DETACHED_SIGNATURE {
    @Override
    List<Bytes> seeds() {
      return List.of(Bytes.of(Signed.POLICY.pem()), Bytes.of(Signed.POLICY.pemInBase64()));
    }

    @Override
    void read(Bytes bytes) throws SignatureRefusedException {
      DetachedSignature signature = DetachedSignature.parse(Bytes.of(Signed.POLICY.sig()), bytes);
      Signed.verify(new LoggedSignature(signature, Signed.ENTRY));
    }
  },
  SIGNER_CERTIFICATE {
    @Override
    List<Bytes> seeds() {
      return List.of(Bytes.of(Signed.POLICY.certificate()));
    }

    @Override
    void read(Bytes bytes) throws SignatureRefusedException {
      Claims claims = Claims.require(bytes, Signed.SIGNER);
      if (!claims.identity().equals(Signed.SIGNER.identity())) {
        throw new AssertionError("somebody else: " + claims);
      }
    }
  },
  TRUSTED_ROOT {
    @Override
    List<Bytes> seeds() {
      return List.of(Bytes.of(Signed.SIGSTORE.trustedRootJson()), TrustedRoot.publicGoodJson());
    }

    @Override
    void read(Bytes bytes) throws MalformedException, SignatureRefusedException {
      new SignatureVerifier(TrustedRoot.parse(bytes))
          .verify(
              Signed.ARTIFACT,
              CosignBundle.parse(Bytes.of(Signed.POLICY.cosignBundle())),
              Signed.SIGNER);
    }
  },
  LOG_ANSWER {
    @Override
    List<Bytes> seeds() {
      return List.of(
          utf8(
              """
              [{"uuid":{"body":"e30=","integratedTime":1790431024,"logIndex":7,"logID":"%s",
              "verification":{"inclusionProof":{},"signedEntryTimestamp":"AAAA"}}}]\
              """
                  .formatted("ab".repeat(32))));
    }

    @Override
    void read(Bytes bytes) throws SignatureRefusedException {
      if (LogEntry.parseLookup(bytes).size() > 100) {
        throw new AssertionError("more than anybody logs");
      }
    }
  };

  private static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(UTF_8));
  }

  private static void replay(EventLog log) {
    if (Replay.of(log).steps().size() > log.events().size()) {
      throw new AssertionError("more steps than events");
    }
  }

  /** What it reads when nothing is wrong; the first without any objection. */
  abstract List<Bytes> seeds();

  /** Reads; throws only what callers of that parser expect. */
  abstract void read(Bytes bytes) throws Exception;

  /** Reads; anything but a value or a good refusal is an error. */
  final void mustEndWell(Bytes bytes) {
    try {
      read(bytes);
    } catch (QuoteFormatException
        | CollateralFormatException
        | EventLogFormatException
        | PolicyDocumentException
        | SignatureRefusedException
        | VerificationException e) {
      requirePlain(String.valueOf(e.getMessage()));
    } catch (MalformedException e) {
      // Caught where the document is known, and its text made plain there.
      requirePlain(
          new VerificationException(FailureCode.COLLATERAL_MALFORMED, e.reason()).reason());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("not an exception of this parser", e);
    }
  }

  /** Short enough for a line of a log, and nothing that could forge another. */
  private static void requirePlain(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new AssertionError("a text of " + text.length() + " characters");
    }
    boolean plain = text.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x2028);
    if (!plain) {
      throw new AssertionError("control characters in: " + text);
    }
  }

  private static final int LONGEST_TEXT = 1_100;

  /** A proper signature; nothing else may ever verify. */
  private static final class Signed {
    static final Bytes ARTIFACT = utf8("a policy");
    static final WorkflowIdentity WORKFLOW = WorkflowIdentity.kms(false);
    static final SimulatedSigstore SIGSTORE =
        SimulatedSigstore.of(Seed.of("parsers"), Scenario.NOW);
    static final SignedArtifact POLICY = SIGSTORE.sign(ARTIFACT.toArray(), WORKFLOW, Scenario.NOW);
    static final ExpectedSigner SIGNER =
        new ExpectedSigner(
            WORKFLOW.issuer(),
            WORKFLOW.uri(),
            Optional.of(WORKFLOW.trigger()),
            WORKFLOW.name(),
            WORKFLOW.repository(),
            Optional.of(WORKFLOW.repositoryId()),
            WORKFLOW.ref());
    static final CosignBundle BUNDLE = bundle();
    static final LogEntry ENTRY = BUNDLE.entry();
    static final SignatureVerifier VERIFIER = new SignatureVerifier(root());

    static void verify(SignedBy signedBy) throws SignatureRefusedException {
      VERIFIER.verify(ARTIFACT, signedBy, SIGNER);
      if (!signedBy.signature().equals(BUNDLE.signature())
          || !signedBy.certificate().equals(BUNDLE.certificate())
          || !signedBy.entry().equals(ENTRY)) {
        throw new AssertionError("another signature verifies: " + signedBy);
      }
    }

    private static CosignBundle bundle() {
      try {
        return CosignBundle.parse(Bytes.of(POLICY.cosignBundle()));
      } catch (SignatureRefusedException e) {
        throw new AssertionError(e);
      }
    }

    private static TrustedRoot root() {
      try {
        return TrustedRoot.parse(Bytes.of(SIGSTORE.trustedRootJson()));
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** What is verified together with what is read. */
  private static final class Genuine {
    static final Scenario.Evidence EVIDENCE = new Scenario().evidence();
    static final Quote QUOTE = EVIDENCE.parsed();
    static final Collateral COLLATERAL = EVIDENCE.unproven();
    static final DcapVerifier VERIFIER =
        DcapVerifier.caching(Scenario.ANCHOR, VerifierOptions.STRICT, 4);
  }
}
