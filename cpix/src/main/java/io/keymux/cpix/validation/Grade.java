package io.keymux.cpix.validation;

import io.keymux.cpix.validation.CpixFinding.Severity;

/** How bad it is to break a rule, by strictness and profile. */
enum Grade {
  /** An error always. */
  ERROR,
  /** An error, forgiven in {@link Strictness#LENIENT}. */
  TOLERATED,
  /** As {@link #TOLERATED}, and in SPEKE a warning: its own examples mix versions of CPIX. */
  ADVISED,
  /** Legal, but most likely not what was meant. */
  WARNING;

  Severity severity(CpixProfile profile, Strictness strictness) {
    boolean error =
        switch (this) {
          case ERROR -> true;
          case TOLERATED -> strictness == Strictness.STRICT;
          case ADVISED -> strictness == Strictness.STRICT && !profile.isSpeke();
          case WARNING -> false;
        };
    return error ? Severity.ERROR : Severity.WARNING;
  }
}
