package io.keymux.api.job;

import io.keymux.api.audit.Audit;
import io.keymux.api.audit.AuditEntry;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import java.util.List;

/**
 * Writes down which keys a job asks for before it does, and which it got before it has them.
 *
 * @param keys where they come from
 * @param actor the job
 */
record AuditedExchange(KeyExchange keys, Audit audit, AuditEntry.Actor actor)
    implements KeyExchange {

  @Override
  public CpixDocument exchange(KeyRequest request) throws InterruptedException {
    note(AuditEntry.KEYS_ASKED, request, request.keyIds());
    CpixDocument document = keys.exchange(request);
    note(
        AuditEntry.KEYS_RECEIVED,
        request,
        document.contentKeys().stream().map(ContentKey::id).toList());
    return document;
  }

  private void note(String action, KeyRequest request, List<KeyId> ids) {
    List<String> kids = ids.stream().map(KeyId::toString).toList();
    audit.require(new AuditEntry(action, actor, request.contentId(), null, kids));
  }
}
