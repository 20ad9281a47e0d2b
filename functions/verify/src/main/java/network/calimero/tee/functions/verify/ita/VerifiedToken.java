package network.calimero.tee.functions.verify.ita;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.TdReport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the authority says (verifier-api.md, "Intel Trust Authority"); only {@link TokenVerifier}
 * makes one. Whether it is about the quote that was asked about is the first question to ask it.
 */
public final class VerifiedToken {
  private static final String NESTED = "tdx";
  private static final int MAX_STATUS = 60;

  private final ObjectNode claims;

  VerifiedToken(ObjectNode claims) {
    this.claims = claims.deepCopy();
  }

  /** All of it. */
  public ObjectNode claims() {
    return claims.deepCopy();
  }

  /**
   * Holds it to a report: the five registers and the report data must be there and the same.
   *
   * @throws TokenRefusedException if they are not
   */
  public void requireAbout(TdReport report) throws TokenRefusedException {
    List<String> different = new ArrayList<>();
    expected(report)
        .forEach((name, value) -> {
          List<JsonNode> said = said(name);
          boolean same =
              said.stream().allMatch(v -> v.isString() && v.stringValue().equalsIgnoreCase(value));
          if (said.isEmpty() || !same) {
            different.add(name);
          }
        });
    if (!different.isEmpty()) {
      throw new TokenRefusedException(
          TokenFault.TOKEN_MEASUREMENTS_DIFFER, String.join(", ", different));
    }
  }

  private static Map<String, String> expected(TdReport report) {
    Map<String, String> expected = new LinkedHashMap<>();
    for (Register register : Register.values()) {
      expected.put("tdx_" + register.name().toLowerCase(Locale.ROOT), register.in(report).hex());
    }
    expected.put("tdx_report_data", report.reportData().hex());
    return expected;
  }

  /** The TCB status in the authority's own spelling; empty if it says none. */
  public String statusText() {
    return said("attester_tcb_status").stream()
        .findFirst()
        .filter(JsonNode::isString)
        .map(status -> PlainText.bounded(status.stringValue(), MAX_STATUS))
        .orElse("");
  }

  /** The same as Intel's collateral spells it; empty if that knows no such status. */
  public Optional<TcbStatus> status() {
    String text = statusText();
    // The service's first version said OK and OUT_OF_DATE.
    return text.equals("OK")
        ? Optional.of(TcbStatus.UP_TO_DATE)
        : TcbStatus.ofAnyCase(text.replace("_", ""));
  }

  /** At the top as in the first version, under {@code tdx} as in the second, or both. */
  private List<JsonNode> said(String name) {
    List<JsonNode> said = new ArrayList<>();
    @Nullable JsonNode top = claims.get(name);
    if (top != null) {
      said.add(top);
    }
    @Nullable JsonNode nested = claims.path(NESTED).get(name);
    if (nested != null) {
      said.add(nested);
    }
    return said;
  }
}
