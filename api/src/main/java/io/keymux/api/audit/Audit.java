package io.keymux.api.audit;

/** Where what happens is written down. Safe for use by several threads. */
public interface Audit {
  /** Nowhere. */
  Audit NONE =
      new Audit() {
        @Override
        public void require(AuditEntry entry) {}

        @Override
        public void note(AuditEntry entry) {}
      };

  /**
   * Writes an entry before it returns.
   *
   * @throws AuditException if it is not on the disk: what it tells of must not be done
   */
  void require(AuditEntry entry);

  /** Writes an entry soon. What happened anyway is not undone if that fails. */
  void note(AuditEntry entry);
}
