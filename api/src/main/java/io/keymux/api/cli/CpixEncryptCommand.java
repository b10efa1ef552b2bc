package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.cpix.document.CpixTree;
import java.util.List;

/** {@code keymux cpix encrypt}: encrypts the keys of a document for recipients. */
record CpixEncryptCommand(Console console) implements Command {
  private static final CommandOption RECIPIENT =
      CommandOption.repeated(
          "--recipient",
          "FILE",
          "Certificate of someone who may read the keys; may be given again.",
          "Recipients that the document names already get the keys too.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux cpix encrypt",
        List.of("Encrypts all content keys of a document for the owners of certificates."),
        CpixInput.FILE,
        List.of(CpixOutput.OUTPUT, RECIPIENT, CredentialOptions.POLICY));
  }

  @Override
  public int run(Arguments given) {
    CpixTree tree = CpixInput.tree(given, console);
    tree.encrypt(
        CredentialOptions.certificates(given, RECIPIENT, console), CredentialOptions.policy(given));
    CpixOutput.write(given, tree);
    return ExitCode.OK;
  }
}
