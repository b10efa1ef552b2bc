package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.job.SignatureView;
import io.keymux.api.json.Json;
import io.keymux.cpix.document.CpixTree;
import io.keymux.cpix.signature.SignatureRefusedException;
import io.keymux.cpix.signature.SignatureReport;
import io.keymux.cpix.signature.SignatureRequirements;
import io.keymux.cpix.signature.TrustAnchors;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code keymux cpix verify-signatures}: who signed what, and whether it counts. */
record CpixVerifySignaturesCommand(Console console) implements Command {
  private static final CommandOption TRUST =
      CommandOption.repeated(
          "--trust",
          "FILE",
          "Certificate of a signer, or of an authority that issues signers' certificates.");
  private static final CommandOption REQUIRE =
      CommandOption.list(
          "--require",
          "PART[,PART]",
          "Parts that someone trusted must have signed: " + SignedParts.NAMES + ".");
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON object.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux cpix verify-signatures",
        List.of(
            "Tells of each signature whether it is valid, and whether its signer is trusted.",
            "Ends with 7 if one is invalid, or a required one is missing or not trusted."),
        CpixInput.FILE,
        List.of(TRUST, REQUIRE, JSON));
  }

  /**
   * @param refusal why the document is refused, or null
   */
  record Verdict(List<SignatureView> signatures, @Nullable String refusal) {}

  @Override
  public int run(Arguments given) {
    CpixTree tree = CpixInput.tree(given, console);
    TrustAnchors anchors =
        new TrustAnchors(Set.copyOf(CredentialOptions.certificates(given, TRUST, console)));
    SignatureRequirements requirements =
        new SignatureRequirements(SignedParts.of(given.values(REQUIRE)), anchors);
    SignatureReport report = tree.verify(anchors);
    Verdict verdict =
        new Verdict(
            report.signatures().stream().map(SignatureView::of).toList(),
            refusal(requirements, report));
    if (given.has(JSON)) {
      console.out().println(Json.line(verdict));
    } else {
      print(verdict);
    }
    return verdict.refusal() == null ? ExitCode.OK : ExitCode.VERIFICATION;
  }

  private static @Nullable String refusal(
      SignatureRequirements requirements, SignatureReport report) {
    try {
      requirements.enforce(report);
      return null;
    } catch (SignatureRefusedException e) {
      return e.code() + ": " + e.problem();
    }
  }

  private void print(Verdict verdict) {
    if (verdict.signatures().isEmpty()) {
      console.out().println("not signed");
    }
    for (SignatureView signature : verdict.signatures()) {
      console.out().println(signature.describe());
    }
    if (verdict.refusal() != null) {
      console.out().println("refused: " + verdict.refusal());
    }
  }
}
