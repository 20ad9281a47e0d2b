package network.calimero.tee.release.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document of any of the {@link Form forms}, read to be reviewed: unlike {@link PolicyDocument}
 * it may be one that nobody should judge by.
 */
public sealed interface PolicyFile {
  /** The largest file that is read, in bytes. */
  int MAX_SIZE = PolicyDocument.MAX_SIZE;

  /** What it is called, for people. */
  String name();

  /** SHA-256 of its bytes, in lower-case hex. */
  String sha256();

  /** What kind of document it is. */
  Form form();

  /** The release that it says it is of; empty if it says none. */
  default Optional<ReleaseVersion> release() {
    return this instanceof Judging judging ? judging.version() : Optional.empty();
  }

  /** Which document it is, as one object. */
  default ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", name()).put("sha256", sha256());
    node.put("form", form().name().toLowerCase(Locale.ROOT));
    return node.put("release", release().map(ReleaseVersion::toString).orElse(null));
  }

  /**
   * A document that says who is let in.
   *
   * @param version the release that it says it is of
   * @param cohorts whom it lets in, at least one
   */
  record Judging(
      String name,
      String sha256,
      Form form,
      Optional<ReleaseVersion> version,
      List<Cohort> cohorts,
      Claims claims)
      implements PolicyFile {
    /** Copies. */
    public Judging {
      cohorts = List.copyOf(cohorts);
    }
  }

  /**
   * A document that leads to those that do.
   *
   * @param entries in its order
   */
  record Index(String name, String sha256, Form form, List<IndexEntry> entries)
      implements PolicyFile {
    /** Copies. */
    public Index {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Reads a document of any form.
   *
   * @param name what to call it
   * @throws PolicyDocumentException if it is of none, or a field that matters is mistyped
   */
  static PolicyFile read(String name, Bytes text) throws PolicyDocumentException {
    return new PolicyFileReader(PlainText.bounded(name, 200), Sha256.of(text).hex(), text).read();
  }
}
