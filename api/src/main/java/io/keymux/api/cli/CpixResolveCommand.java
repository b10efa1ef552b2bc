package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.json.Json;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyResolution;
import io.keymux.cpix.ResolutionMode;
import io.keymux.cpix.UsageRuleResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code keymux cpix resolve}: which track gets which key, and why no other. */
record CpixResolveCommand(Console console) implements Command {
  private static final CommandOption TRACK =
      CommandOption.repeated("--track", "TRACK", TrackText.FORM + "; may be given again.")
          .mandatory();
  private static final CommandOption MODE =
      CommandOption.one(
              "--mode",
              "MODE",
              "cpix: rules of two keys are an error; speke: the last matching rule wins.",
              "Default: {default}.")
          .orElse("cpix");
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON object.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux cpix resolve",
        List.of(
            "Tells which key the usage rules of a document give to tracks, in each key period,",
            "by which rule, and why the other rules did not match.",
            "Ends with 3 if a track does not get exactly one key."),
        CpixInput.FILE,
        List.of(TRACK, MODE, JSON));
  }

  /**
   * @param period id of the key period, or null
   * @param outcome key, no-match, ambiguous or unusable
   * @param explanation the answer and then a sentence for each other rule
   */
  record Resolution(
      String track,
      @Nullable String period,
      String outcome,
      List<String> keyIds,
      List<String> explanation) {

    static Resolution of(KeyResolution resolution) {
      KeyPeriod period = resolution.period();
      return new Resolution(
          resolution.track().name(),
          period == null ? null : period.id(),
          resolution.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          resolution.keyIds().stream().map(KeyId::toString).toList(),
          resolution.explain());
    }
  }

  /** All of them. */
  record Resolutions(List<Resolution> resolutions) {}

  @Override
  public int run(Arguments given) {
    CpixDocument document = CpixInput.tree(given, console).preview();
    ResolutionMode mode =
        Converters.oneOf(given.value(MODE), "cpix", "speke").equals("speke")
            ? ResolutionMode.SPEKE_LAST_RULE
            : ResolutionMode.CPIX;
    UsageRuleResolver resolver = UsageRuleResolver.of(document, mode);
    List<KeyResolution> resolutions = new ArrayList<>();
    int number = 0;
    for (Value track : given.values(TRACK)) {
      resolver.resolveEach(TrackText.of(track, ++number)).forEach(resolutions::add);
    }
    if (given.has(JSON)) {
      console
          .out()
          .println(Json.line(new Resolutions(resolutions.stream().map(Resolution::of).toList())));
    } else {
      resolutions.forEach(this::print);
    }
    return resolutions.stream().allMatch(r -> r.keyId().isPresent()) ? ExitCode.OK : ExitCode.INPUT;
  }

  private void print(KeyResolution resolution) {
    List<String> lines = resolution.explain();
    console.out().println(lines.get(0));
    lines.subList(1, lines.size()).forEach(line -> console.out().println("    " + line));
  }
}
