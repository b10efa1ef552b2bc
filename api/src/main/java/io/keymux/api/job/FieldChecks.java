package io.keymux.api.job;

import io.keymux.api.database.DatabaseException;
import io.keymux.api.problem.FieldError;
import io.keymux.api.problem.RequestException;
import io.keymux.api.problem.StorageException;
import io.keymux.cpix.DrmException;
import io.keymux.packager.job.InvalidJobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects what is wrong, so that a client hears of everything at once. */
final class FieldChecks {
  private final List<FieldError> errors = new ArrayList<>();

  void add(String pointer, String code, String detail) {
    errors.add(new FieldError(pointer, code, detail));
  }

  /**
   * @throws StorageException the given one, if it may pass: then the field may be right
   * @throws DatabaseException the given one: nothing is known of the field
   */
  void add(String pointer, DrmException e) {
    if (e instanceof DatabaseException unanswered) {
      throw unanswered;
    }
    if (e instanceof StorageException storage && storage.retryable()) {
      throw storage;
    }
    add(pointer, e.code(), e.problem() + " " + e.remedy());
  }

  /** The exception names the field itself. */
  void add(InvalidJobException e) {
    add("/" + e.field().replace('.', '/'), e);
  }

  void set(String pointer, Runnable setter) {
    try {
      setter.run();
    } catch (InvalidJobException e) {
      add(e);
    } catch (DrmException e) {
      add(pointer, e);
    }
  }

  <T> T read(String pointer, Supplier<T> reader, T fallback) {
    try {
      return reader.get();
    } catch (DrmException e) {
      add(pointer, e);
      return fallback;
    }
  }

  <T> void choice(
      String pointer, String value, T[] choices, Function<T, String> name, Consumer<T> setter) {
    List<String> names = new ArrayList<>();
    for (T choice : choices) {
      if (name.apply(choice).equals(value)) {
        setter.accept(choice);
        return;
      }
      names.add(name.apply(choice));
    }
    add(pointer, "invalid-value", "not one of " + String.join(", ", names) + ".");
  }

  static String enumId(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void check() {
    if (!errors.isEmpty()) {
      throw failure();
    }
  }

  RequestException failure() {
    return RequestException.invalidValues(errors);
  }
}
