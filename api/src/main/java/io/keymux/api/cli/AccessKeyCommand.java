package io.keymux.api.cli;

import io.keymux.api.access.ApiKeyToken;
import io.keymux.api.access.Scope;
import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.config.QueueSettings;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code keymux access key}: a new API key, and what the configuration has to say of it. */
record AccessKeyCommand(Console console) implements Command {
  private static final CommandOption TENANT =
      CommandOption.one("--tenant", "NAME", "Whose things the key opens (default: default).");
  private static final CommandOption SCOPE =
      CommandOption.repeated("--scope", "SCOPE", "What it allows: " + all() + "; repeatable.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux access key",
        List.of(
            "Prints a new API key, and the entry of security.apiKeys that lets it in.",
            "The key is a secret and is kept nowhere: the entry holds its hash alone."),
        null,
        List.of(TENANT, SCOPE));
  }

  @Override
  public int run(Arguments given) {
    String named = given.text(TENANT);
    String tenant = named == null ? QueueSettings.DEFAULT_TENANT : named;
    if (!tenant.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new UsageException("That is no name of a tenant.", "Use 1 to 64 of A-Z a-z 0-9 _ -.");
    }
    List<String> scopes = given.values(SCOPE).stream().map(AccessKeyCommand::scope).toList();
    if (scopes.isEmpty()) {
      throw new UsageException("The key would allow nothing.", "Use --scope with " + all() + ".");
    }
    ApiKeyToken token = ApiKeyToken.generate(new SecureRandom());
    PrintWriter out = console.out();
    out.println("# The key; give it to the client, as Authorization: Bearer KEY.");
    out.println("# " + token.text());
    out.println("security:");
    out.println("  apiKeys:");
    out.println("    - id: " + token.id());
    out.println("      tenant: " + tenant);
    out.println("      scopes: [" + String.join(", ", scopes) + "]");
    out.println("      hash: " + token.hash());
    return ExitCode.OK;
  }

  private static String scope(Value value) {
    return Scope.ofId(value.text())
        .map(Scope::id)
        .orElseThrow(() -> new UsageException("That is no scope.", "Use one of " + all() + "."));
  }

  private static String all() {
    return Arrays.stream(Scope.values()).map(Scope::id).collect(Collectors.joining(", "));
  }
}
