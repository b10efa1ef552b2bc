package io.keymux.api.mps.task;

import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.problem.FieldError;
import io.keymux.api.problem.RequestException;
import java.util.Map;

/** Why a job of our own was refused, in the terms of the call that asked for it. */
final class JobRefusal {
  /** Where a field of a job comes from. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "/input", "InputInfo",
          "/output", "OutputDir",
          "/packaging", "Definition",
          "/protection", "DrmInfo");

  private JobRefusal() {}

  static MpsException of(RequestException e) {
    if (e.status() == 503) {
      return MpsException.of("RequestLimitExceeded", e.problem(), e.remedy());
    }
    FieldError error = e.errors().isEmpty() ? null : e.errors().get(0);
    if (error == null) {
      return MpsException.of("InvalidParameterValue", e.problem(), e.remedy());
    }
    for (Map.Entry<String, String> field : FIELDS.entrySet()) {
      if (error.pointer().startsWith(field.getKey())) {
        String message = "%s: %s (%s)".formatted(field.getValue(), error.detail(), error.code());
        boolean input = field.getKey().equals("/input");
        return MpsException.of(
            input ? "InvalidParameterValue.InputInfo" : "InvalidParameterValue",
            message,
            "Correct it and call again.");
      }
    }
    return MpsException.of("InvalidParameterValue", error.detail(), "Correct it and call again.");
  }
}
