package io.keymux.api.keyserver.speke;

import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.OutputProtection;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.KeySources;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.SafeXml;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.w3c.dom.Document;

/** From the bytes of a request to those of its answer. */
public record SpekeExchange(EmbeddedKeys keys, KeyServerSettings settings) {

  /**
   * @param base where players reach this service
   * @return a document with keys in it, which the caller overwrites
   * @throws SpekeRefusal if the request gets no keys
   */
  byte[] answer(SpekeVersion version, byte[] body, URI base) {
    return answer(SpekeRequest.check(version, parse(body)), base);
  }

  /**
   * Answers a request of no version of SPEKE, under KIDs that depend on content id and track type
   * alone. What CPIX 2.4 adds to SPEKE v2.1 is told if the document is of that version.
   *
   * @param base where players reach this service
   * @return a document with keys in it, which the caller overwrites
   * @throws SpekeRefusal if the request gets no keys
   */
  public byte[] answerUnderOwnKeyIds(byte[] body, URI base) {
    Document document = parse(body);
    SpekeRequest asked = SpekeRequest.check(SpekeVersion.ofCpix(document), document);
    return answer(OwnKeyIds.in(asked, keys), base);
  }

  /**
   * Fills a document that was made here.
   *
   * @param document as a request of SPEKE v2.0
   * @param base where players reach this service
   * @return a document with keys in it, which the caller overwrites
   * @throws SpekeRefusal if the content id is none
   */
  public byte[] fill(Document document, URI base) {
    return answer(SpekeRequest.check(SpekeVersion.V2_0, document), base);
  }

  private byte[] answer(SpekeRequest request, URI base) {
    SpekeVersion version = request.version();
    SystemSignaling signaling =
        new SystemSignaling(version, request.contentId(), KeySources.signaling(base), base);
    byte[] document = new SpekeAnswer(request, keys, signaling, protection(request)).document();
    keys.issue(request.contentId(), request.keys().keySet());
    return document;
  }

  private static Document parse(byte[] body) {
    try {
      return SafeXml.parse(body);
    } catch (DrmException e) {
      throw new SpekeRefusal("The body is not usable XML: " + e.code());
    }
  }

  private Map<KeyId, OutputProtection> protection(SpekeRequest request) {
    Map<KeyId, OutputProtection> protection = new HashMap<>();
    if (request.version() == SpekeVersion.V2_1) {
      for (ContractRule rule : request.contract()) {
        OutputProtection output = settings.protectionOf(rule.trackType());
        if (output != null) {
          protection.putIfAbsent(rule.key(), output);
        }
      }
    }
    return protection;
  }
}
