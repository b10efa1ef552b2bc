package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.cpix.document.CpixTree;
import java.util.ArrayList;
import java.util.List;

/** {@code keymux cpix decrypt}: puts the keys of a document in the clear. */
record CpixDecryptCommand(Console console) implements Command {
  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>(List.of(CpixOutput.OUTPUT));
    options.addAll(CredentialOptions.OF_DOCUMENT.options());
    options.add(CredentialOptions.POLICY);
    return Syntax.of(
        "keymux cpix decrypt",
        List.of(
            "Writes a document with its content keys in the clear, and without recipients.",
            "Signatures over keys or recipients must be removed before: see verify-signatures."),
        CpixInput.FILE,
        options);
  }

  @Override
  public int run(Arguments given) {
    CpixTree tree = CpixInput.tree(given, console);
    tree.decrypt(
        CredentialOptions.OF_DOCUMENT.required(given, console), CredentialOptions.policy(given));
    CpixOutput.write(given, tree);
    return ExitCode.OK;
  }
}
