package io.keymux.keyserver;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SinglePeriod;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.document.CpixTree;
import io.keymux.cpix.document.ReadingPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys from a CPIX document in a file, in the clear or encrypted for someone whose credential is at
 * hand.
 *
 * <p>The document's own rules say which track gets which key; those of the request are not used.
 * Without any rule a single key serves all tracks. The content id may differ: a file is often kept
 * under a name of its own.
 */
public final class CpixFile implements KeyExchange {
  private static final int LARGEST_BYTES = 1 << 20;

  private final Path file;
  private final ReadingPolicy policy;

  private CpixFile(Path file, ReadingPolicy policy) {
    this.file = file;
    this.policy = policy;
  }

  /** A file with clear keys and without signatures, which is read anew for each exchange. */
  public static CpixFile of(Path file) {
    return of(file, ReadingPolicy.PLAIN);
  }

  /**
   * A file that is read anew for each exchange.
   *
   * @param policy what is asked of encryption and signatures
   */
  public static CpixFile of(Path file, ReadingPolicy policy) {
    return new CpixFile(file, policy);
  }

  /**
   * @return the document, with all its signalling, or what of it is for the key period of the
   *     request, as {@link SinglePeriod#of} finds it
   * @throws DrmException with code {@code cpix-file-unreadable}; {@code cpix-file-key-missing} if a
   *     key other than a root key has no value or there is none; {@code cpix-file-without-rules} if
   *     there are several keys and no rule; {@code cpix-file-wrong-scheme} if a key is for another
   *     scheme than the job; {@code unknown-key-period} if it has no keys for the key period of the
   *     request; or with a code of {@link SinglePeriod#of} or {@link
   *     CpixTree#content(ReadingPolicy)}
   */
  @Override
  public CpixDocument exchange(KeyRequest request) {
    KeyPeriod period = request.keyPeriod();
    CpixDocument document = period == null ? read() : SinglePeriod.of(read(), period);
    requireValues(document);
    for (ContentKey key : document.contentKeys()) {
      if (key.scheme() != null && key.scheme() != request.scheme()) {
        throw failure(
            "cpix-file-wrong-scheme",
            "Key %s in %s is for %s, the job is for %s."
                .formatted(key.id(), file, key.scheme().fourCc(), request.scheme().fourCc()),
            "Use --scheme " + key.scheme().fourCc() + ", or another document.");
      }
    }
    if (!document.usageRules().isEmpty()) {
      return document;
    }
    if (document.contentKeys().size() > 1) {
      throw failure(
          "cpix-file-without-rules",
          "%s has %d keys and no usage rule.".formatted(file, document.contentKeys().size()),
          "Add a ContentKeyUsageRule for each key.");
    }
    UsageRule all = new UsageRule(document.contentKeys().get(0).id(), "", List.of());
    return new CpixDocument(
        document.contentId(),
        document.version(),
        document.contentKeys(),
        List.of(),
        document.drmSystems(),
        document.keyPeriods(),
        List.of(all));
  }

  private CpixDocument read() {
    byte[] xml = new byte[0];
    try (InputStream in = Files.newInputStream(file)) {
      xml = in.readNBytes(LARGEST_BYTES + 1);
      return CpixTree.read(xml).content(policy);
    } catch (IOException e) {
      throw failure(
          "cpix-file-unreadable",
          "CPIX document %s cannot be read (%s).".formatted(file, e.getClass().getSimpleName()),
          "Check the path and its permissions.");
    } finally {
      Arrays.fill(xml, (byte) 0);
    }
  }

  private void requireValues(CpixDocument document) {
    Set<KeyId> roots = new HashSet<>();
    for (ContentKey key : document.contentKeys()) {
      KeyId root = key.details().dependsOn();
      if (root != null) {
        roots.add(root);
      }
    }
    // Nothing is encrypted with root keys, so they may come without a value.
    List<KeyId> missing =
        document.requestedKeys().stream()
            .map(key -> key.id())
            .filter(id -> !roots.contains(id))
            .toList();
    if (!missing.isEmpty() || document.contentKeys().isEmpty()) {
      throw failure(
          "cpix-file-key-missing",
          missing.isEmpty()
              ? file + " has no content key."
              : "%s has no value for KID %s.".formatted(file, missing),
          "Give the key server's answer, not the request.");
    }
  }

  private static DrmException failure(String code, String problem, String remedy) {
    return new DrmException(DrmException.Blame.CALLER, code, problem, remedy);
  }
}
