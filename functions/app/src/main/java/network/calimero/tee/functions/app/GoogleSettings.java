package network.calimero.tee.functions.app;

import network.calimero.tee.functions.api.Setting;

/** What is read on Google Cloud alone; here, so that documents have it from where it is read. */
public final class GoogleSettings {
  /** Whom tokens must be for. */
  public static final Setting<String> AUDIENCE =
      Setting.optional(
          "GOOGLE_TOKEN_AUDIENCE",
          "the function's URL, or whatever else callers ask Google's tokens for",
          "The audience of identity tokens that prove callers of admission on Google Cloud; without"
              + " it nobody is proven.",
          text -> text);

  private GoogleSettings() {}
}
