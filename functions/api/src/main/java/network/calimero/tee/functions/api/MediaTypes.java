package network.calimero.tee.functions.api;

import java.util.Locale;

/** Names of media types. */
public final class MediaTypes {
  private MediaTypes() {}

  /** A header's value without parameters, in lower case. */
  public static String bare(String header) {
    int parameters = header.indexOf(';');
    String type = parameters < 0 ? header : header.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a header's value says JSON. */
  public static boolean isJson(String header) {
    String type = bare(header);
    return type.equals("application/json")
        || (type.startsWith("application/") && type.endsWith("+json"));
  }
}
