package network.calimero.tee.sigstore;

import java.util.Optional;

/** What a signer's certificate says of its holder: a run of a workflow. */
public record Claims(
    String issuer,
    String identity,
    String trigger,
    String workflowName,
    String repository,
    Optional<String> repositoryId,
    String ref,
    String commit) {}
