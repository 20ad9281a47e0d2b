package network.calimero.tee.functions.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Caller.Proof;

/**
 * Who may ask for decisions. A platform proves a caller by its own means, so that an ARN is only
 * ever compared with what AWS proved and an e-mail address with what Google proved.
 */
public final class AllowedCallers {
  /** In words that complete "accepted: …". */
  public static final String ACCEPTED =
      "comma-separated ARNs (arn:aws:iam::123456789012:role/mdma for any session of that role,"
          + " arn:aws:sts::123456789012:assumed-role/mdma/NAME for one) and e-mail addresses of"
          + " service accounts";

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:[A-Za-z0-9+=,.@_/-]{1,512}(/\\*)?");
  private static final Pattern ROLE =
      Pattern.compile("(arn:aws[a-z-]*):iam::([0-9]{12}):role/(?:.*/)?([^/*]+)");
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9.-]+\\.[A-Za-z]+");
  private static final String ANY_SESSION = "/*";

  /** Roles by pattern, and roles without a session: whoever writes one would wait in vain. */
  private static final Pattern NEVER_PROVEN =
      Pattern.compile(
          "arn:[^:]+:(?:iam::[0-9]{12}:role/(?:.*/)?\\*|sts::[0-9]{12}:assumed-role/[^/]+)");

  private final List<String> names;
  private final boolean open;

  private AllowedCallers(List<String> names, boolean open) {
    this.names = List.copyOf(names);
    this.open = open;
  }

  /** Whoever calls: for local development, and for callers that a local server took only. */
  public static AllowedCallers openForDevelopment() {
    return new AllowedCallers(List.of(), true);
  }

  /** Nobody. */
  public static AllowedCallers nobody() {
    return new AllowedCallers(List.of(), false);
  }

  /**
   * Those that a text lists.
   *
   * @throws IllegalArgumentException with the problem, in words that complete "NAME …"
   */
  public static AllowedCallers parse(String text) {
    List<String> names = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      if (!ARN.matcher(name).matches() && !EMAIL.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "has \"%s\", which is neither the ARN of a role or session nor an e-mail address"
                .formatted(name));
      }
      if (NEVER_PROVEN.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "has \"%s\", which AWS proves of nobody: name a role, or a session of one"
                .formatted(name));
      }
      names.add(anySession(name));
    }
    return new AllowedCallers(names, false);
  }

  /** AWS proves sessions, never roles; their names leave out the role's path. */
  private static String anySession(String name) {
    Matcher role = ROLE.matcher(name);
    return role.matches()
        ? "%s:sts::%s:assumed-role/%s%s"
            .formatted(role.group(1), role.group(2), role.group(3), ANY_SESSION)
        : name;
  }

  /** Whether anybody at all may ask. */
  public boolean isAnybody() {
    return open || !names.isEmpty();
  }

  /** Whether that one may. */
  public boolean allows(Caller caller) {
    return switch (caller.proof()) {
      case LOCAL_OPEN -> open;
      case AWS_IAM -> names.stream().anyMatch(name -> isArn(name) && fits(name, caller.name()));
      case GOOGLE_OIDC ->
          names.stream().anyMatch(name -> !isArn(name) && name.equals(caller.name()));
    };
  }

  private static boolean isArn(String name) {
    return name.startsWith("arn:");
  }

  private static boolean fits(String rule, String arn) {
    if (!rule.endsWith(ANY_SESSION)) {
      return rule.equals(arn);
    }
    String start = rule.substring(0, rule.length() - 1);
    String session = arn.startsWith(start) ? arn.substring(start.length()) : "";
    return !session.isEmpty() && !session.contains("/");
  }

  /** How a caller of that proof is described: an open function says so in every decision. */
  static boolean isOpen(Proof proof) {
    return proof == Proof.LOCAL_OPEN;
  }
}
