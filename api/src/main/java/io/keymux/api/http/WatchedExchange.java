package io.keymux.api.http;

import io.keymux.api.audit.Audit;
import io.keymux.api.audit.AuditEntry;
import io.keymux.api.metrics.Meters;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import java.time.Duration;
import java.util.List;

/**
 * Writes down which keys a job asks for before it does, and which it got before it has them;
 * measures how long it took.
 *
 * @param keys where they come from
 * @param profile of the key server
 * @param actor the job
 */
record WatchedExchange(
    KeyExchange keys, String profile, Audit audit, Meters meters, AuditEntry.Actor actor)
    implements KeyExchange {

  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    note(AuditEntry.KEYS_ASKED, request, request.keyIds());
    CpixDocument document = measured(request);
    note(
        AuditEntry.KEYS_RECEIVED,
        request,
        document.contentKeys().stream().map(ContentKey::id).toList());
    return document;
  }

  private CpixDocument measured(KeyRequest request) throws InterruptedException {
    long start = System.nanoTime();
    String outcome = "internal";
    try {
      CpixDocument document = keys.exchange(request);
      outcome = "ok";
      return document;
    } catch (DrmException e) {
      outcome = e.code();
      throw e;
    } catch (InterruptedException e) {
      outcome = "interrupted";
      throw e;
    } finally {
      meters.keyExchange(profile, outcome, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private void note(String action, KeyRequest request, List<KeyId> ids) {
    List<String> kids = ids.stream().map(KeyId::toString).toList();
    audit.require(new AuditEntry(action, actor, request.contentId(), null, kids));
  }
}
