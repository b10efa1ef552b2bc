package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.PsshBox;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of a Widevine {@code pssh}: a small protobuf message. An absent field is null.
 *
 * <p>Key ids are bytes and not {@link KeyId}: old streams hold labels of other lengths there.
 *
 * @param algorithm 0 unencrypted, 1 AES-CTR; old, replaced by {@code protectionScheme}
 * @param keyIds 16 bytes each in everything made today
 * @param provider who registered the content
 * @param contentId the provider's name for it, any bytes
 * @param policy the name of a policy
 * @param cryptoPeriodIndex number of the key period, 0 to 2^32 - 1
 * @param protectionScheme a four-character code as an integer; 0 in some old streams
 * @param unknown fields that are not listed here, in their order
 * @see "Widevine DRM, PSSH data (widevine_pssh_data.proto of Shaka Packager)"
 */
public record WidevinePsshData(
    @Nullable Long algorithm,
    List<Bytes> keyIds,
    @Nullable String provider,
    @Nullable Bytes contentId,
    @Nullable String policy,
    @Nullable Long cryptoPeriodIndex,
    @Nullable Long protectionScheme,
    List<UnknownField> unknown) {
  private static final int ALGORITHM = 1;
  private static final int KEY_ID = 2;
  private static final int PROVIDER = 3;
  private static final int CONTENT_ID = 4;
  private static final int POLICY = 6;
  private static final int CRYPTO_PERIOD_INDEX = 7;
  private static final int PROTECTION_SCHEME = 9;

  /**
   * A field that this version does not interpret.
   *
   * @param number its field number
   * @param wireType 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes
   * @param value its payload without tag and length
   */
  public record UnknownField(int number, int wireType, Bytes value) {}

  public WidevinePsshData {
    keyIds = List.copyOf(keyIds);
    unknown = List.copyOf(unknown);
  }

  /** What Keymux writes: key ids and scheme, and the optional provider and content id. */
  static WidevinePsshData of(
      List<KeyId> keyIds,
      ProtectionScheme scheme,
      @Nullable String provider,
      @Nullable String contentId) {
    return new WidevinePsshData(
        null,
        keyIds.stream().map(keyId -> Bytes.copyOf(keyId.toBytes())).toList(),
        provider,
        contentId == null ? null : utf8(contentId),
        null,
        null,
        FourCc.of(scheme.fourCc()) & 0xffffffffL,
        List.of());
  }

  /** The key ids of 16 bytes; others cannot be KIDs. */
  public List<KeyId> kids() {
    return keyIds.stream()
        .filter(keyId -> keyId.size() == KeyId.SIZE_BYTES)
        .map(keyId -> KeyId.ofBytes(keyId.toArray()))
        .toList();
  }

  /** The message: known fields by number, then the unknown ones. */
  public Bytes toBytes() {
    ProtoWriter out = new ProtoWriter();
    if (algorithm != null) {
      out.varint(ALGORITHM, algorithm);
    }
    keyIds.forEach(keyId -> out.bytes(KEY_ID, keyId));
    if (provider != null) {
      out.bytes(PROVIDER, utf8(provider));
    }
    if (contentId != null) {
      out.bytes(CONTENT_ID, contentId);
    }
    if (policy != null) {
      out.bytes(POLICY, utf8(policy));
    }
    if (cryptoPeriodIndex != null) {
      out.varint(CRYPTO_PERIOD_INDEX, cryptoPeriodIndex);
    }
    if (protectionScheme != null) {
      out.varint(PROTECTION_SCHEME, protectionScheme);
    }
    unknown.forEach(field -> out.field(field.number(), field.wireType(), field.value()));
    return out.toBytes();
  }

  /** The {@code pssh} box around it, version 0: some devices refuse version 1. */
  PsshBox toPssh() {
    return new PsshBox(0, DrmSystem.WIDEVINE.systemId(), List.of(), toBytes());
  }

  /**
   * Parses the data of a Widevine {@code pssh}, without the box. Of a field that stands twice the
   * last one counts, as protobuf has it; one of an unexpected wire type is unknown.
   *
   * @throws MalformedSignalingException with code {@code malformed-widevine-data} if it is not a
   *     protobuf message, or a number exceeds 32 bits
   */
  public static WidevinePsshData parse(byte[] data) {
    Parsed parsed = new Parsed();
    ProtoReader in = new ProtoReader(data);
    while (in.hasRemaining()) {
      parsed.accept(in.field());
    }
    return parsed.toData();
  }

  private static Bytes utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Bytes.copyOf(bytes);
    } catch (CharacterCodingException e) {
      throw SignalingException.invalidValue("Widevine data", "half of a surrogate pair");
    }
  }

  /** The fields seen so far. */
  private static final class Parsed {
    private final List<Bytes> keyIds = new ArrayList<>();
    private final List<UnknownField> unknown = new ArrayList<>();
    private @Nullable Long algorithm;
    private @Nullable String provider;
    private @Nullable Bytes contentId;
    private @Nullable String policy;
    private @Nullable Long cryptoPeriodIndex;
    private @Nullable Long protectionScheme;

    void accept(ProtoReader.Field field) {
      if (field.isBytes()) {
        switch (field.number()) {
          case KEY_ID -> keyIds.add(field.value());
          case PROVIDER -> provider = text(field);
          case CONTENT_ID -> contentId = field.value();
          case POLICY -> policy = text(field);
          default -> keep(field);
        }
      } else if (field.isVarint()) {
        switch (field.number()) {
          case ALGORITHM -> algorithm = field.uint32("algorithm");
          case CRYPTO_PERIOD_INDEX -> cryptoPeriodIndex = field.uint32("crypto_period_index");
          case PROTECTION_SCHEME -> protectionScheme = field.uint32("protection_scheme");
          default -> keep(field);
        }
      } else {
        keep(field);
      }
    }

    private void keep(ProtoReader.Field field) {
      unknown.add(new UnknownField(field.number(), field.wireType(), field.value()));
    }

    private static String text(ProtoReader.Field field) {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(field.value().toArray()))
            .toString();
      } catch (CharacterCodingException e) {
        throw MalformedSignalingException.widevine(
            field.offset(), "field " + field.number() + " is not UTF-8");
      }
    }

    WidevinePsshData toData() {
      return new WidevinePsshData(
          algorithm,
          keyIds,
          provider,
          contentId,
          policy,
          cryptoPeriodIndex,
          protectionScheme,
          unknown);
    }
  }
}
