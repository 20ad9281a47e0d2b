package network.calimero.tee.functions.verify;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.JsonBounds;
import network.calimero.tee.functions.api.Request;
import network.calimero.tee.functions.outbound.OutboundFault;
import network.calimero.tee.functions.verify.VerifyCall.Evidence;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/verify} (verifier-api.md): evidence that a caller has, or that is asked for
 * here, through every check in order. For several threads; close it to end its threads.
 *
 * <p>It is composed of {@link VerifyParts#production}, with the real roots and no others, or of
 * {@link VerifyParts#simulated}; its {@link #endpoints} go into a {@link
 * network.calimero.tee.functions.api.Service} that says {@link #isSimulated}.
 */
public final class VerifyFunction implements AutoCloseable {
  /** Where it answers. */
  public static final String PATH = "/api/verify";

  private static final int MAX_BODY = 2 * 1024 * 1024;

  private final VerifyParts parts;
  private final OwnVerifier own;
  private final ReleaseFinder releases;
  private final Peers peers;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /** Verifies with these. */
  public VerifyFunction(VerifyParts parts) {
    this.parts = parts;
    this.own = new OwnVerifier(parts.verifier(), parts.collateral());
    this.releases =
        new ReleaseFinder(new Releases(parts.releases().documents()), parts.releases().newest());
    this.peers = new Peers(parts.http(), parts.nodes(), parts.kms());
  }

  /** Whether any root that it believes is not the real one; every answer must then say so. */
  public boolean isSimulated() {
    return parts.isSimulated();
  }

  /** What it serves. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
                PATH, "verifies evidence", AnswerSchema.body(), JsonBounds.of(MAX_BODY).nested(32))
            .description(
                "Asks a node or a KMS for fresh evidence, or takes what was pasted, and makes every"
                    + " check that can be made. A wrong nonce or key binding is 400 with the verdict"
                    + " so far; whatever else the checks find is 200 and in the verdict.")
            .answers("what was found", AnswerSchema.answer())
            .refuses(VerifyProblem.values())
            .refuses(OutboundFault.values())
            .handledBy(this::answer));
  }

  private HttpAnswer answer(Request request) throws ApiException {
    VerifyCall call = VerifyCall.read(request.body());
    Budget budget = new Budget(parts.timeout(), parts.nanoTime(), executor);
    boolean madeHere = !(call.evidence() instanceof Evidence.Pasted) && call.nonce().isEmpty();
    Optional<Bytes> nonce = madeHere ? Optional.of(parts.nonces().get()) : call.nonce();
    Verification verification =
        new Verification(
            call, attestation(call, nonce, budget), request.call().receivedAt(), budget);
    try {
      verification.freshness(nonce, madeHere);
      verification.bindings();
    } catch (ApiException e) {
      throw e.with(soFar(verification));
    }
    verification.dcap(own.verify(verification.attestation().quote(), verification.now(), budget));
    verification.eventLog();
    verification.release(releases);
    verification.authority(parts.authority());
    ObjectNode answer = AnswerJson.of(verification, nonce, madeHere);
    if (isSimulated()) {
      answer.put("simulated", true);
    }
    return HttpAnswer.json(answer);
  }

  private static ObjectNode soFar(Verification verification) {
    ObjectNode fields = JsonMapper.shared().createObjectNode();
    fields.set("verdict", VerdictJson.of(verification));
    return fields;
  }

  private Attestation attestation(VerifyCall call, Optional<Bytes> nonce, Budget budget)
      throws ApiException {
    return switch (call.evidence()) {
      case Evidence.Pasted(ObjectNode pasted) -> Attestation.pasted(pasted);
      case Evidence.Node(var url) -> peers.node(url, nonce.orElseThrow(), budget);
      case Evidence.Kms(var url) -> peers.kms(url, nonce.orElseThrow(), budget);
    };
  }

  @Override
  public void close() {
    executor.close();
  }
}
