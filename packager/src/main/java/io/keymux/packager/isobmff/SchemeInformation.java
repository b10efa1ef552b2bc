package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code sinf} of an encrypted sample entry.
 *
 * @param format of the entry before it was encrypted: {@code avc1}
 * @param scheme four characters; empty if there is none
 * @param setting of {@code tenc}, or null if it says that samples are clear
 * @see "ISO/IEC 14496-12, 8.12 Support for Protected Streams"
 */
record SchemeInformation(int format, String scheme, @Nullable ProtectionSetting setting) {
  private static final Set<String> SCHEMES = Set.of("cenc", "cbcs", "cens", "cbc1");

  /**
   * @return empty if it is not one of Common Encryption
   */
  static Optional<SchemeInformation> read(Box sinf, Children.Budget budget) {
    Children children = Children.of(sinf, "sinf", budget);
    int format = children.require("frma").body().i32();
    Optional<Box> schm = children.find("schm");
    Optional<Box> schi = children.find("schi");
    if (schm.isEmpty() || schi.isEmpty()) {
      return Optional.empty();
    }
    BoxReader type = schm.get().body();
    type.skip(4);
    String scheme = FourCc.name(type.i32());
    Optional<Box> tenc = Children.of(schi.get(), "sinf/schi", budget).find("tenc");
    if (tenc.isEmpty() || !SCHEMES.contains(scheme)) {
      return Optional.empty();
    }
    BoxReader body = tenc.get().body();
    boolean patterns = body.u32() >>> 24 > 0;
    return Optional.of(
        new SchemeInformation(format, scheme, ProtectionSetting.read(scheme, body, patterns)));
  }
}
