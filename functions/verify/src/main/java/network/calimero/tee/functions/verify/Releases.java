package network.calimero.tee.functions.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleasePolicy;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.AssetKind;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.document.CompatibilityMap;
import network.calimero.tee.release.document.PublishedMrtds;
import network.calimero.tee.release.published.PublishedDocuments;
import network.calimero.tee.release.verify.DocumentReport;
import network.calimero.tee.release.verify.ReleaseCode;
import network.calimero.tee.release.verify.VerifiedAsset;

/** What releases accept, read from documents of proven origin alone. */
final class Releases {
  private final PublishedDocuments documents;

  Releases(PublishedDocuments documents) {
    this.documents = documents;
  }

  /** One question about one release at one time; ends at the first document that is not genuine. */
  private final class Question {
    private final ReleaseVersion version;
    private final Instant now;

    Question(ReleaseVersion version, Instant now) {
      this.version = version;
      this.now = now;
    }

    Optional<VerifiedAsset> document(Asset asset) throws EndedException {
      return switch (documents.document(version, asset, now).outcome()) {
        case DocumentReport.Genuine(VerifiedAsset document) -> Optional.of(document);
        case DocumentReport.Absent _ -> Optional.empty();
        case DocumentReport.Refused(var refusal) ->
            throw new EndedException(
                new ReleaseLookup.Refused(
                    refusal.code(), "%s: %s".formatted(refusal.subject(), refusal.reason())));
        case DocumentReport.Unknown(var failure) ->
            throw new EndedException(
                new ReleaseLookup.Unknown(failure.code().text(), failure.reason()));
      };
    }

    List<Expected> nodes() throws EndedException, MalformedException, PolicyDocumentException {
      Optional<VerifiedAsset> document = document(NodeAssets.PUBLISHED_MRTDS);
      List<Expected> expected = new ArrayList<>();
      if (document.isPresent()) {
        PublishedMrtds published = PublishedMrtds.parse(document.get().content());
        for (var profile : published.profiles().entrySet()) {
          AppraisalPolicy.Enforced policy =
              profile.getValue().allowed().policy(profile.getKey(), Role.NODE);
          expected.add(new Expected(version, policy, Set.of(), List.of(document.get())));
        }
      }
      return expected;
    }

    /** All profiles at once: each is several round trips. */
    List<Expected> kms() throws EndedException, MalformedException, PolicyDocumentException {
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Optional<Expected>>> asked =
            Stream.of(Profile.values())
                .map(profile -> executor.submit(() -> kms(profile)))
                .toList();
        List<Expected> expected = new ArrayList<>();
        for (Future<Optional<Expected>> one : asked) {
          joined(one).ifPresent(expected::add);
        }
        return expected;
      }
    }

    private static Optional<Expected> joined(Future<Optional<Expected>> one)
        throws EndedException, MalformedException, PolicyDocumentException {
      try {
        return one.get();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new EndedException(
            new ReleaseLookup.Unknown(CheckCode.RELEASES_TIMEOUT.text(), "interrupted"));
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case EndedException cause -> throw cause;
          case MalformedException cause -> throw cause;
          case PolicyDocumentException cause -> throw cause;
          case null, default -> throw new IllegalStateException(e.getCause());
        }
      }
    }

    private Optional<Expected> kms(Profile profile)
        throws EndedException, MalformedException, PolicyDocumentException {
      for (PolicyAsset candidate : PolicyAsset.candidates(version, profile)) {
        Optional<VerifiedAsset> document =
            document(new Asset(Family.KMS, candidate.name(), AssetKind.DOCUMENT));
        if (document.isPresent()) {
          ReleasePolicy policy =
              PolicyDocument.parse(document.get().content())
                  .forRelease(version, profile, candidate);
          return Optional.of(withComposeHashes(policy, document.get()));
        }
      }
      return Optional.empty();
    }

    /** Policies before about 2.3.73 name no compose hash: the compatibility map may. */
    private Expected withComposeHashes(ReleasePolicy policy, VerifiedAsset document)
        throws EndedException, MalformedException, PolicyDocumentException {
      KmsAssets names = KmsAssets.naming(document.asset());
      Set<Bytes> hashes = policy.composeHashes();
      List<VerifiedAsset> sources = new ArrayList<>(List.of(document));
      if (hashes.isEmpty() && names == KmsAssets.PHALA) {
        Optional<VerifiedAsset> map = document(names.compatibilityMap());
        if (map.isPresent()) {
          hashes = mapped(CompatibilityMap.parse(map.get().content()), policy.profile());
          sources.add(map.get());
        }
      }
      return new Expected(version, policy.forKms(), hashes, sources);
    }

    private static Set<Bytes> mapped(CompatibilityMap map, Profile profile)
        throws MalformedException {
      CompatibilityMap.Entry entry = map.profiles().get(profile);
      if (entry == null || entry.composeHash().isEmpty()) {
        return Set.of();
      }
      try {
        return Set.of(Bytes.fromHex(entry.composeHash()));
      } catch (IllegalArgumentException _) {
        throw new MalformedException("the map's compose hash is no hex");
      }
    }
  }

  /** What a release accepts of a role. */
  ReleaseLookup find(ReleaseVersion version, Role role, Instant now) {
    Question question = new Question(version, now);
    try {
      List<Expected> expected = role == Role.NODE ? question.nodes() : question.kms();
      return expected.isEmpty() ? new ReleaseLookup.Absent() : new ReleaseLookup.Found(expected);
    } catch (EndedException e) {
      return e.lookup();
    } catch (MalformedException | PolicyDocumentException e) {
      return new ReleaseLookup.Refused(
          ReleaseCode.DOCUMENT_MALFORMED.text(), String.valueOf(e.getMessage()));
    }
  }

  /** Ends a question with its answer. */
  private static final class EndedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient ReleaseLookup lookup;

    EndedException(ReleaseLookup lookup) {
      super("", null, false, false);
      this.lookup = lookup;
    }

    ReleaseLookup lookup() {
      return lookup;
    }
  }
}
