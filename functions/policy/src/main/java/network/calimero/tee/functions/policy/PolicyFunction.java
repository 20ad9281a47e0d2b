package network.calimero.tee.functions.policy;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.functions.api.Endpoint;

/**
 * Release documents, verified before they are served, and what is made of them (verifier-api.md,
 * policy-and-releases.md). For several threads; close it to end its threads.
 */
public final class PolicyFunction implements AutoCloseable {
  private final PolicyParts parts;
  private final ReleaseList list;

  /** Serves from these. */
  public PolicyFunction(PolicyParts parts) {
    this.parts = parts;
    this.list = new ReleaseList(parts);
  }

  /** Whether any root that it believes is not the real one; every answer must then say so. */
  public boolean isSimulated() {
    return parts.isSimulated();
  }

  /** What it serves. */
  public List<Endpoint> endpoints() {
    Documents documents = new Documents(parts.store());
    List<Endpoint> endpoints = new ArrayList<>(new ReleaseReads(documents).endpoints());
    endpoints.add(list.endpoint());
    endpoints.add(new MerodConfigs(documents).endpoint());
    endpoints.add(new Candidates(parts).endpoint());
    endpoints.addAll(new Reviews(new GivenPolicies(documents)).endpoints());
    return List.copyOf(endpoints);
  }

  @Override
  public void close() {
    list.close();
  }
}
