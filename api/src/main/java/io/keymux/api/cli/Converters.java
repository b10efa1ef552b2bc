package io.keymux.api.cli;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options; a value that is refused says which ones are not. */
final class Converters {
  private Converters() {}

  /** A path, with what the user says about it after commas. */
  static final class Input implements ITypeConverter<JobInput> {
    private static final Pattern INPUT =
        Pattern.compile("(.+?)((?:,(?:label|language)=[^,]*)*)", Pattern.DOTALL);
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

    @Override
    public JobInput convert(String value) {
      Matcher m = INPUT.matcher(value);
      if (!m.matches()) {
        throw new TypeConversionException("An input is empty.");
      }
      String label = null;
      String language = null;
      String notes = m.group(2);
      if (!notes.isEmpty()) {
        for (String note : notes.substring(1).split(",", -1)) {
          String text = note.substring(note.indexOf('=') + 1);
          if (note.startsWith("label=")) {
            label = once(label, text, "label", value);
          } else {
            language = once(language, text, "language", value);
          }
        }
      }
      if (language != null && !LANGUAGE.matcher(language).matches()) {
        throw new TypeConversionException(
            "\"" + language + "\" is no language tag, as en or pt-BR.");
      }
      try {
        return new JobInput(Path.of(m.group(1)), label, language);
      } catch (InvalidPathException e) {
        throw new TypeConversionException("\"" + m.group(1) + "\" is not a path.");
      }
    }

    private static String once(@Nullable String before, String text, String what, String value) {
      if (before != null || text.isEmpty()) {
        throw new TypeConversionException(
            "\"%s\" has %s."
                .formatted(value, text.isEmpty() ? "an empty " + what : "two of " + what));
      }
      return text;
    }
  }

  static final class SystemName implements ITypeConverter<DrmSystem> {
    @Override
    public DrmSystem convert(String value) {
      return asUsage(() -> DrmSystem.ofId(value));
    }
  }

  static final class Scheme implements ITypeConverter<ProtectionScheme> {
    @Override
    public ProtectionScheme convert(String value) {
      return choose(
          value, List.of(ProtectionScheme.CENC, ProtectionScheme.CBCS), ProtectionScheme::fourCc);
    }
  }

  static final class Rule implements ITypeConverter<KeyRule> {
    @Override
    public KeyRule convert(String value) {
      return asUsage(() -> KeyRule.ofId(value));
    }
  }

  static final class Format implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String value) {
      return choose(value, Arrays.asList(OutputFormat.values()), OutputFormat::id);
    }
  }

  static final class LayoutName implements ITypeConverter<Layout> {
    @Override
    public Layout convert(String value) {
      return choose(
          value,
          Arrays.asList(Layout.values()),
          layout -> layout.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  static final class Verify implements ITypeConverter<VerifyLevel> {
    @Override
    public VerifyLevel convert(String value) {
      return choose(value, Arrays.asList(VerifyLevel.values()), VerifyLevel::id);
    }
  }

  static final class Container implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      return choose(value, List.of("fmp4"), Function.identity());
    }
  }

  static final class Engine implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      return choose(value, List.of("native"), Function.identity());
    }
  }

  static final class KeyServerType implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      return choose(value, List.of("speke-v2"), Function.identity());
    }
  }

  static final class ReportFormat implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      return choose(value, List.of("text", "json", "junit"), Function.identity());
    }
  }

  static final class Iv implements ITypeConverter<Bytes> {
    @Override
    public Bytes convert(String value) {
      if (!value.matches("[0-9a-fA-F]{16}|[0-9a-fA-F]{32}")) {
        throw new TypeConversionException("An IV has 16 or 32 hex digits.");
      }
      return Bytes.ofHex(value);
    }
  }

  private static <T> T choose(String value, List<T> choices, Function<T, String> name) {
    return choices.stream()
        .filter(choice -> name.apply(choice).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "\"%s\" is not supported; choose %s."
                        .formatted(
                            value, String.join(" or ", choices.stream().map(name).toList()))));
  }

  private static <T> T asUsage(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (DrmException e) {
      throw new TypeConversionException(e.problem() + " " + e.remedy());
    }
  }
}
