package io.keymux.cpix.validation;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** UUIDs as CPIX writes them: eight, four, four, four and twelve hex digits, in any case. */
final class UuidText {
  private static final Pattern EXACT =
      Pattern.compile("[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}");

  private UuidText() {}

  static ValueType.@Nullable Fault fault(String text) {
    if (EXACT.matcher(text).matches()) {
      return null;
    }
    String remedy = "Write it as 8-4-4-4-12 hex digits without blanks.";
    return parse(text) != null
        ? new ValueType.Fault(
            CpixRule.UUID_FORM, "The UUID has blanks around or lacks its hyphens.", remedy)
        : new ValueType.Fault(CpixRule.INVALID_UUID, "The value is not a UUID.", remedy);
  }

  /** The UUID, also without hyphens or with blanks around, or null if it is none. */
  static @Nullable KeyId parse(String text) {
    try {
      return KeyId.parse(ValueType.collapse(text));
    } catch (DrmException e) {
      return null;
    }
  }
}
