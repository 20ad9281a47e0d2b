package network.calimero.tee.functions.verify;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.verify.VerifiedAsset;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The release that evidence was held to, what it accepts beside what was found, and its documents
 * as they were published, so that anybody can judge by them again.
 */
final class ReleaseJson {
  private final Verification verification;

  ReleaseJson(Verification verification) {
    this.verification = verification;
  }

  void put(ObjectNode verdict) {
    if (!(verification.finding().orElse(null)
        instanceof ReleaseFinder.Found(List<Judgement> likeliest, String how))) {
      verdict.putNull("release").putNull("measurements");
      return;
    }
    Expected one = likeliest.getFirst().expected();
    ObjectNode release = verdict.putObject("release");
    release.put("version", one.version().toString());
    release.put("role", one.policy().role().toString());
    Set<String> profiles = new LinkedHashSet<>();
    Map<Asset, VerifiedAsset> documents = new LinkedHashMap<>();
    for (Judgement judgement : likeliest) {
      profiles.add(judgement.expected().policy().profile().text());
      judgement.expected().documents().forEach(it -> documents.putIfAbsent(it.asset(), it));
    }
    ArrayNode names = release.putArray("profiles");
    profiles.forEach(names::add);
    release.put("foundBy", how);
    ArrayNode hashes = release.putArray("composeHashes");
    one.composeHashes().stream().map(Bytes::hex).sorted().forEach(hashes::add);
    ArrayNode entries = release.putArray("documents");
    documents.values().forEach(document -> put(entries.addObject(), document));
    registers(verdict.putArray("measurements"), one.policy().references());
  }

  private static void put(ObjectNode entry, VerifiedAsset document) {
    entry.put("asset", document.asset().name());
    entry.put("family", document.asset().family().title());
    entry.put("sha256", document.digest().sha256().hex());
    entry.put("signedBy", document.signer().identity());
    entry.put("logIndex", document.signer().logIndex());
    ObjectNode files = entry.putObject("files");
    for (Map.Entry<String, Bytes> file : document.published().entrySet()) {
      files.put(file.getKey(), StrictBase64.encode(file.getValue().toArray()));
    }
  }

  private void registers(ArrayNode registers, ReferenceValues references) {
    TdReport report = verification.attestation().report();
    for (Register register : Register.values()) {
      Set<Measurement> allowed = allowed(references, register);
      ObjectNode entry = registers.addObject();
      entry.put("register", register.name().toLowerCase(Locale.ROOT));
      entry.put("value", register.in(report).hex());
      ArrayNode values = entry.putArray("allowed");
      allowed.stream().map(Measurement::hex).sorted().forEach(values::add);
      entry.put("accepted", allowed.contains(register.in(report)));
    }
  }

  private static Set<Measurement> allowed(ReferenceValues references, Register register) {
    return switch (references) {
      case ReferenceValues.SeparateLists separate ->
          separate.lists().getOrDefault(register, Set.of());
      case ReferenceValues.Tuples whole ->
          whole.tuples().stream().map(tuple -> tuple.get(register)).collect(Collectors.toSet());
    };
  }
}
