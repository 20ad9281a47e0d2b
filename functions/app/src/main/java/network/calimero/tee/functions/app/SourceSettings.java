package network.calimero.tee.functions.app;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.policy.release.ReleaseSigners;
import network.calimero.tee.release.source.RekorClient;
import network.calimero.tee.release.source.ReleasesUrl;

/**
 * Where collateral and releases come from. Nobody who is asked is believed: collateral counts if
 * Intel signed it, a document of a release if its workflow did.
 */
public final class SourceSettings {
  /** Servers of Intel's collateral. */
  public static final Setting<List<PcsBase>> PCS_URLS =
      Setting.of(
          "PCS_URLS",
          "base URLs between commas, asked in that order",
          PcsBase.INTEL.url().toString(),
          "Servers of Intel's collateral (PCS or PCCS, v4); what they serve is signed by Intel.",
          text -> parts(text).map(PcsBase::of).toList());

  /** Where releases are. */
  public static final Setting<ReleasesUrl> RELEASES_URL =
      Setting.of(
          "RELEASES_URL",
          "an http:// or https:// base URL",
          ReleasesUrl.ofRepository(ReleaseSigners.OFFICIAL.repository()).toString(),
          "Where releases are: a mirror serves RELEASES_URL/download/TAG/FILE.",
          SourceSettings::releases);

  /** Where else. */
  public static final Setting<List<ReleasesUrl>> RELEASES_MIRRORS =
      Setting.optional(
          "RELEASES_MIRRORS",
          "http:// or https:// base URLs between commas, asked in that order",
          "Asked where RELEASES_URL fails or lacks a file.",
          text -> parts(text).map(SourceSettings::releases).toList());

  /** For GitHub's list of releases. */
  public static final Setting<String> GITHUB_TOKEN =
      Setting.secret(
          "GITHUB_TOKEN",
          "a token of GitHub's without any right",
          "With it GitHub lists releases five thousand times an hour, without it sixty times for"
              + " each address, which functions of others may share; sent to api.github.com alone.",
          SourceSettings::token);

  /** The log of signatures. */
  public static final Setting<URI> REKOR_URL =
      Setting.of(
          "REKOR_URL",
          "an http:// or https:// base URL",
          RekorClient.PUBLIC.toString(),
          "Sigstore's transparency log, asked about files that have no bundle.",
          text -> URI.create(releases(text).toString()));

  private SourceSettings() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(PCS_URLS, RELEASES_URL, RELEASES_MIRRORS, GITHUB_TOKEN, REKOR_URL);
  }

  private static String token(String text) {
    if (!text.matches("[A-Za-z0-9_.-]{1,255}")) {
      throw new IllegalArgumentException("is no token");
    }
    return text;
  }

  private static Stream<String> parts(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(part -> !part.isEmpty());
  }

  private static ReleasesUrl releases(String text) {
    try {
      return ReleasesUrl.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("cannot be used: " + e.getMessage(), e);
    }
  }
}
