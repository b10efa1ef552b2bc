package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.job.CpixView;
import io.keymux.api.job.PlanView;
import io.keymux.api.job.SignatureView;
import io.keymux.api.json.Json;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.document.CpixTree;
import io.keymux.cpix.document.ReadingPolicy;
import io.keymux.cpix.signature.SignatureRequirements;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code keymux cpix inspect}: what a document says, without its keys. */
record CpixInspectCommand(Console console) implements Command {
  private static final CommandOption REVEAL =
      CommandOption.flag(
          "--reveal-keys", "Print the content keys as well. Whoever sees them can decrypt.");
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON object.");

  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>(CredentialOptions.OF_DOCUMENT.options());
    options.addAll(List.of(CredentialOptions.POLICY, REVEAL, JSON));
    return Syntax.of(
        "keymux cpix inspect",
        List.of(
            "Prints what a CPIX document says. Keys are not printed unless --reveal-keys is given;",
            "encrypted ones are read with --private-key."),
        CpixInput.FILE,
        options);
  }

  /**
   * @param keys in hex by their KIDs
   */
  record Revealed(CpixView document, Map<String, String> keys) {}

  @Override
  public int run(Arguments given) {
    CpixTree tree = CpixInput.tree(given, console);
    CpixDocument document = read(given, tree);
    CpixView view = CpixView.of(document, tree);
    Map<String, String> keys = given.has(REVEAL) ? keys(document) : Map.of();
    if (given.has(JSON)) {
      console.out().println(Json.line(given.has(REVEAL) ? new Revealed(view, keys) : view));
    } else {
      print(view, console.out());
      keys.forEach((id, key) -> console.out().println("value of " + id + ": " + key));
    }
    return ExitCode.OK;
  }

  private CpixDocument read(Arguments given, CpixTree tree) {
    Credential credential = CredentialOptions.OF_DOCUMENT.optional(given, console);
    return credential == null
        ? tree.preview()
        : tree.content(
            ReadingPolicy.PLAIN
                .decryptingWith(credential, CredentialOptions.policy(given))
                .verifying(SignatureRequirements.NONE));
  }

  private static Map<String, String> keys(CpixDocument document) {
    Map<String, String> keys = new TreeMap<>();
    for (ContentKey key : document.contentKeys()) {
      keys.put(key.id().toString(), RevealedKey.hex(key.value()));
    }
    return keys;
  }

  private static void print(CpixView view, PrintWriter out) {
    out.println(
        "CPIX %s, content id %s"
            .formatted(
                view.version() == null ? "without a version" : view.version(),
                view.contentId() == null ? "none" : view.contentId()));
    boolean encrypted = view.recipients().stream().anyMatch(CpixView.Recipient::hasDocumentKey);
    for (CpixView.Key key : view.keys()) {
      out.println(
          "key %s: %s%s%s%s"
              .formatted(
                  key.keyId(),
                  key.hasValue() ? "has a value" : encrypted ? "encrypted" : "asked for",
                  key.scheme() == null ? "" : ", " + key.scheme(),
                  key.explicitIv() == null ? "" : ", IV " + key.explicitIv(),
                  key.dependsOn() == null ? "" : ", leaf of " + key.dependsOn()));
    }
    for (CpixView.SystemEntry system : view.systems()) {
      out.println(
          "system %s for %s: %s"
              .formatted(system.name(), system.keyId(), String.join(", ", system.signaling())));
    }
    for (PlanView.Rule rule : view.rules()) {
      out.println(
          "rule %s for %s: %s"
              .formatted(
                  rule.intendedTrackType(), rule.keyId(), String.join(", ", rule.filters())));
    }
    for (CpixView.Recipient recipient : view.recipients()) {
      out.println("recipient with certificate SHA-256 " + recipient.certificateSha256());
    }
    for (SignatureView signature : view.signatures()) {
      out.println("signature " + signature.describe());
    }
  }
}
