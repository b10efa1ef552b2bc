package io.keymux.api.http;

import io.keymux.api.audit.AuditLog;
import io.keymux.api.database.Database;
import io.keymux.api.envelope.Secrecy;
import io.keymux.api.keyserver.TenantKeys;
import io.keymux.api.metrics.Meters;
import io.keymux.api.mps.MpsService;
import io.keymux.api.queue.JobQueue;
import io.keymux.api.webhook.Webhooks;

/** What a running service is made of, behind its server of HTTP. */
record ServiceParts(
    Database database,
    Meters meters,
    AuditLog audit,
    Secrecy secrecy,
    TenantKeys tenants,
    JobQueue queue,
    MpsService mps,
    Webhooks webhooks)
    implements AutoCloseable {

  /**
   * Takes no more jobs, lets those that run go on for a while and gives the rest to other nodes;
   * logs out of key servers. What clients ask is still answered.
   */
  void endWork() {
    mps.close();
    queue.close();
    webhooks.close();
    tenants.close();
    secrecy.close();
  }

  /** After {@link #endWork}; nothing can be answered any more. */
  @Override
  public void close() {
    audit.close();
    meters.close();
    database.close();
  }
}
