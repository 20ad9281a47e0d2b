package network.calimero.tee.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.release.policy.Explanation;
import network.calimero.tee.release.policy.Explanation.Admission;
import network.calimero.tee.release.policy.PolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says in words whom policies let in. */
@Command(
    name = "explain",
    header = "Says in words whose machines a policy would let in.",
    description = {
      "",
      "For each role and profile: what a machine must be, what anyone could do within that, and what"
          + " nobody looks at. Signatures are not looked at.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:explained",
      "1:a document is malformed",
      "2:wrong usage, or a file cannot be read"
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee policy explain kms-phala-attestation-policy.locked-read-only.json",
      "  mero-tee policy explain published-mrtds.json --json | jq '.documents[0].cohorts[].could'"
    })
final class PolicyExplainCommand implements Callable<Integer>, WithoutVerdict {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Documents of at most 1 MiB, folders with the files of a release, or - for standard input.")
  List<String> files = new ArrayList<>();

  private final Console console;

  PolicyExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    List<Explanation> explanations =
        PolicyInputs.read(console, files).stream().map(Explanation::of).toList();
    console.out().print(common.json ? Json.print(json(explanations)) + "\n" : text(explanations));
    return Exits.OK;
  }

  private static String text(List<Explanation> explanations) {
    Page page = new Page();
    for (int i = 0; i < explanations.size(); i++) {
      if (i > 0) {
        page.line("");
      }
      write(page, explanations.get(i));
    }
    return page.toString();
  }

  private static void write(Page page, Explanation explanation) {
    PolicyFile file = explanation.file();
    page.line("%s: %s".formatted(file.name(), PolicyLintReport.describe(file)));
    page.line("  SHA-256 " + file.sha256());
    for (Admission cohort : explanation.cohorts()) {
      page.group(cohort.who());
      cohort.must().forEach(it -> page.line("  - " + it));
      page.line("  What anyone could do within that:");
      cohort.could().forEach(it -> page.line("  - " + it));
      page.line("  What nobody looks at:");
      cohort.unchecked().forEach(it -> page.line("  - " + it));
    }
    page.notes(explanation.remarks());
  }

  private static ObjectNode json(List<Explanation> explanations) {
    ObjectNode node = Json.object();
    ArrayNode documents = node.putArray("documents");
    for (Explanation explanation : explanations) {
      ObjectNode document = documents.addObject();
      document.setAll(explanation.file().json());
      ArrayNode cohorts = document.putArray("cohorts");
      for (Admission admission : explanation.cohorts()) {
        ObjectNode cohort = cohorts.addObject();
        cohort.put("role", admission.cohort().role().toString());
        cohort.put("profile", admission.cohort().profile().map(Profile::text).orElse(null));
        cohort.put("who", admission.who());
        cohort.set("must", Json.texts(admission.must()));
        cohort.set("could", Json.texts(admission.could()));
        cohort.set("unchecked", Json.texts(admission.unchecked()));
      }
      document.set("remarks", Json.texts(explanation.remarks()));
    }
    return node;
  }
}
