package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.PsshBox;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the fields of one {@link PsshDescription}. */
final class PsshDescriber {
  private final List<PsshDescription.Field> fields = new ArrayList<>();
  private final Set<KeyId> keyIds = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();

  static PsshDescription box(PsshBox box) {
    PsshDescriber out = new PsshDescriber();
    out.add("system", SystemNames.describe(box.systemId()));
    out.add("version", String.valueOf(box.version()));
    box.keyIds().forEach(out::kid);
    out.add("data", box.data().size() + " bytes");
    try {
      out.data(box);
    } catch (DrmException e) {
      // The box itself is sound: what could be read of it is worth more than an error.
      out.problems.add(Printable.of(e.problem()));
      out.add("data hex", box.data().toHex());
    }
    return out.describe("pssh box");
  }

  static PsshDescription object(PlayReadyObject object) {
    PsshDescriber out = new PsshDescriber();
    try {
      out.playReady(object);
    } catch (DrmException e) {
      out.problems.add(Printable.of(e.problem()));
    }
    return out.describe("PlayReady object");
  }

  static PsshDescription header(PlayReadyHeader header) {
    PsshDescriber out = new PsshDescriber();
    out.wrmHeader(header);
    return out.describe("WRMHEADER");
  }

  static PsshDescription widevine(WidevinePsshData data) {
    PsshDescriber out = new PsshDescriber();
    out.widevineData(data);
    return out.describe("Widevine data");
  }

  private void data(PsshBox box) {
    DrmSystem system = DrmSystem.of(box.systemId());
    if (system == DrmSystem.WIDEVINE) {
      widevineData(WidevinePsshData.parse(box.data().toArray()));
    } else if (system == DrmSystem.PLAYREADY) {
      playReady(PlayReadyObject.parse(box.data().toArray()));
    } else if (!box.data().isEmpty()) {
      add("data hex", box.data().toHex());
    }
  }

  private void widevineData(WidevinePsshData data) {
    number("algorithm", data.algorithm());
    for (Bytes keyId : data.keyIds()) {
      if (keyId.size() == KeyId.SIZE_BYTES) {
        kid(KeyId.ofBytes(keyId.toArray()));
      } else {
        add("key id", text(keyId) + ", not a KID");
      }
    }
    optional("provider", data.provider());
    optional("content id", data.contentId() == null ? null : text(data.contentId()));
    optional("policy", data.policy());
    number("crypto period", data.cryptoPeriodIndex());
    if (data.protectionScheme() != null) {
      long scheme = data.protectionScheme();
      add("scheme", scheme < 1 << 24 ? String.valueOf(scheme) : FourCc.name((int) scheme));
    }
    data.unknown().forEach(field -> add("field " + field.number(), text(field.value())));
  }

  private void playReady(PlayReadyObject object) {
    for (PlayReadyObject.Entry entry : object.records()) {
      add("record", "type " + entry.type() + ", " + entry.value().size() + " bytes");
    }
    object.header().ifPresent(this::wrmHeader);
  }

  private void wrmHeader(PlayReadyHeader header) {
    add("header version", header.version().attribute());
    for (PlayReadyHeader.Key key : header.keys()) {
      kid(key.id());
      optional("algorithm", key.algId());
      optional("checksum", key.checksum() == null ? null : key.checksum().toBase64());
    }
    optional("LA_URL", header.laUrl());
    optional("LUI_URL", header.luiUrl());
  }

  private void kid(KeyId id) {
    keyIds.add(id);
    add("KID", id.toString());
  }

  private void number(String name, @Nullable Long value) {
    optional(name, value == null ? null : value.toString());
  }

  private void optional(String name, @Nullable String value) {
    if (value != null) {
      add(name, value);
    }
  }

  private void add(String name, String value) {
    fields.add(new PsshDescription.Field(name, Printable.of(value)));
  }

  private PsshDescription describe(String kind) {
    return new PsshDescription(kind, fields, List.copyOf(keyIds), problems);
  }

  /** Bytes that may be text: with the text if they are, and always with the hex digits. */
  private static String text(Bytes bytes) {
    String hex = "0x" + bytes.toHex();
    try {
      ByteBuffer encoded = ByteBuffer.wrap(bytes.toArray());
      String text = StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
      boolean readable = !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
      return readable ? "\"" + text + "\" (" + hex + ")" : hex;
    } catch (CharacterCodingException e) {
      return hex;
    }
  }
}
