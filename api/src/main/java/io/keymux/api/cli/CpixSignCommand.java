package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.cpix.document.CpixTree;
import io.keymux.cpix.signature.SignedPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code keymux cpix sign}: signs parts of a document, or the whole. */
record CpixSignCommand(Console console) implements Command {
  private static final CommandOption PARTS =
      CommandOption.list("--part", "PART[,PART]", "What to sign: " + SignedParts.NAMES + ".")
          .mandatory();
  private static final CommandOption REMOVE =
      CommandOption.flag("--remove-signatures", "Remove all signatures of the document first.");

  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>(List.of(CpixOutput.OUTPUT, PARTS, REMOVE));
    options.addAll(CredentialOptions.OF_DOCUMENT.options());
    return Syntax.of(
        "keymux cpix sign",
        List.of("Signs parts of a document with RSA and SHA-512. Do this last."),
        CpixInput.FILE,
        options);
  }

  @Override
  public int run(Arguments given) {
    Set<SignedPart> parts = SignedParts.of(given.values(PARTS));
    CpixTree tree = CpixInput.tree(given, console);
    if (given.has(REMOVE)) {
      tree.edit().removeSignatures();
    }
    tree.sign(CredentialOptions.OF_DOCUMENT.required(given, console), parts);
    CpixOutput.write(given, tree);
    return ExitCode.OK;
  }
}
