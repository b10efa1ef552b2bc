package io.keymux.packager.job;

import io.keymux.cpix.DrmException;

/** A job that cannot be done, found before any work; names the field and the remedy. */
public final class InvalidJobException extends DrmException {
  private final String field;

  /**
   * @param field as in the API: {@code protection.scheme}
   */
  public InvalidJobException(String code, String field, String problem, String remedy) {
    super(Blame.CALLER, code, field + ": " + problem, remedy);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
