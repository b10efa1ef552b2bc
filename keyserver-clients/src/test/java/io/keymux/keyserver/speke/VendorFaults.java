package io.keymux.keyserver.speke;

import static io.keymux.keyserver.speke.SpekeAnswer.base64;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.keyserver.speke.VendorAnswer.GivenKey;
import io.keymux.keyserver.speke.VendorAnswer.Rule;
import io.keymux.keyserver.speke.VendorAnswer.SystemEntry;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What no vendor's answer may be; every change is one of a good answer. */
final class VendorFaults {
  private static final KeyId OTHER = Requests.C;

  /**
   * @param found what the message must say beside the KID
   * @param named the KID that it must name
   * @param several whether the fault needs an answer with several keys
   */
  record Fault(
      String name,
      String found,
      boolean several,
      Function<VendorAnswer, @Nullable KeyId> named,
      Consumer<VendorAnswer> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  private VendorFaults() {}

  static Stream<Fault> all() {
    return Stream.of(keys(), kids(), rules(), systems()).flatMap(faults -> faults);
  }

  private static Stream<Fault> keys() {
    return Stream.of(
        fault("no value", "has no value", a -> value(a, 0, null)),
        fault("short key", "cpix-wrong-size", a -> value(a, 0, base64(new byte[15]))),
        fault("long key", "cpix-wrong-size", a -> value(a, 0, base64(new byte[32]))),
        fault("empty key", "cpix-wrong-size", a -> value(a, 0, "")),
        fault("zero key", "is all zero", a -> value(a, 0, base64(new byte[16]))),
        fault(
            "KID is the key",
            "is its KID",
            a -> value(a, 0, base64(a.keys.get(0).kid().toBytes()))),
        fault(
            "IV is the key",
            "explicitIV",
            a -> {
              GivenKey k = a.keys.get(0);
              a.keys.set(0, new GivenKey(k.kid(), k.value(), k.value(), k.scheme()));
            }),
        fault(
            "another scheme",
            "commonEncryptionScheme",
            a -> {
              GivenKey k = a.keys.get(0);
              a.keys.set(0, new GivenKey(k.kid(), k.value(), k.iv(), "cens"));
            }),
        fault("duplicate key", "cpix-duplicate-kid", a -> a.keys.add(a.keys.get(0))),
        new Fault(
            "extra key",
            "was not asked for",
            true,
            a -> OTHER,
            a ->
                a.keys.add(
                    new GivenKey(
                        OTHER,
                        base64(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7}),
                        null,
                        null))),
        several("key missing", "cpix-unknown-kid", a -> a.keys.remove(0)),
        several("same key twice", "have the same key", a -> value(a, 1, a.keys.get(0).value())));
  }

  private static Stream<Fault> kids() {
    return Stream.of(
        fault(
            "little-endian KID",
            "little-endian GUID",
            a -> a.rename(a.keys.get(0).kid(), KeyId.ofBytes(Requests.A.toGuidBytes()))),
        fault(
            "zero KID",
            "KID is all zero",
            a -> a.rename(a.keys.get(0).kid(), KeyId.ofBytes(new byte[16])),
            a -> null),
        new Fault(
            "KIDs swapped",
            "",
            true,
            a -> Requests.A,
            a -> {
              KeyId first = a.keys.get(0).kid();
              KeyId second = a.keys.get(1).kid();
              a.rename(first, OTHER);
              a.rename(second, Requests.A);
              a.rename(OTHER, Requests.B);
            }),
        several(
            "rules swapped",
            "",
            a -> {
              // Only where the server keeps KIDs can this be seen at all.
              a.rename(a.keys.get(0).kid(), Requests.A);
              a.rename(a.keys.get(1).kid(), Requests.B);
              swapRules(a);
            },
            a -> Requests.A));
  }

  private static Stream<Fault> rules() {
    return Stream.of(
        several("no rules", "keys", a -> a.rules.clear(), a -> null),
        several("rule missing", "usage rules", a -> a.rules.remove(0), a -> Requests.A),
        several(
            "extra rule",
            "answers no rule",
            a -> {
              Rule r = a.rules.get(0);
              a.rules.add(new Rule(r.kid(), "SD", r.video(), r.audio(), ""));
            }),
        several(
            "two rules of one type",
            "2 usage rules",
            a -> {
              Rule r = a.rules.get(0);
              a.rules.set(0, new Rule(r.kid(), r.type(), true, false, " minPixels=\"5\""));
              a.rules.add(new Rule(a.keys.get(1).kid(), r.type(), true, false, " minPixels=\"9\""));
            },
            a -> Requests.A),
        several(
            "both rules for one KID",
            "became the same KID",
            a -> {
              Rule r = a.rules.get(1);
              a.rules.set(1, new Rule(a.keys.get(0).kid(), r.type(), r.video(), r.audio(), ""));
            }),
        several(
            "filters for the other kind",
            "filters for other tracks",
            a -> {
              Rule r = a.rules.get(0);
              a.rules.set(0, new Rule(r.kid(), r.type(), false, true, ""));
            }),
        several(
            "unknown filter",
            "filters for other tracks",
            a -> {
              Rule r = a.rules.get(0);
              a.rules.set(0, new Rule(r.kid(), r.type(), true, false, " codec=\"hvc1\""));
            }));
  }

  private static Stream<Fault> systems() {
    UUID widevine = DrmSystem.WIDEVINE.systemId();
    UUID playReady = DrmSystem.PLAYREADY.systemId();
    return Stream.of(
        fault("system missing", "has no DRMSystem " + widevine, a -> a.entries.remove(0)),
        fault("system twice", "cpix-duplicate-drm-system", a -> a.entries.add(a.entries.get(0))),
        new Fault(
            "system of an unknown key",
            "cpix-unknown-kid",
            false,
            a -> OTHER,
            a -> a.entries.add(new SystemEntry(OTHER, widevine, OTHER, widevine))),
        fault(
            "pssh of another system",
            "is for DRM system " + playReady,
            a -> {
              SystemEntry e = a.entries.get(0);
              a.entries.set(0, new SystemEntry(e.kid(), widevine, e.kid(), playReady));
            }),
        fault(
            "pssh of another key",
            "is for KID [" + OTHER + "]",
            a -> {
              SystemEntry e = a.entries.get(0);
              a.entries.set(0, new SystemEntry(e.kid(), widevine, OTHER, widevine));
            }),
        fault(
            "PlayReady of another key",
            "is for KID [" + OTHER + "]",
            a -> {
              SystemEntry e = a.entries.get(1);
              a.entries.set(1, new SystemEntry(e.kid(), playReady, OTHER, playReady));
            }));
  }

  private static void value(VendorAnswer answer, int at, @Nullable String value) {
    GivenKey k = answer.keys.get(at);
    answer.keys.set(at, new GivenKey(k.kid(), value, k.iv(), k.scheme()));
  }

  private static void swapRules(VendorAnswer a) {
    Rule first = a.rules.get(0);
    Rule second = a.rules.get(1);
    a.rules.set(
        0, new Rule(second.kid(), first.type(), first.video(), first.audio(), first.bounds()));
    a.rules.set(
        1, new Rule(first.kid(), second.type(), second.video(), second.audio(), second.bounds()));
  }

  private static Fault fault(String name, String found, Consumer<VendorAnswer> change) {
    return new Fault(name, found, false, a -> a.keys.get(0).kid(), change);
  }

  private static Fault fault(
      String name,
      String found,
      Consumer<VendorAnswer> change,
      Function<VendorAnswer, @Nullable KeyId> named) {
    return new Fault(name, found, false, named, change);
  }

  private static Fault several(String name, String found, Consumer<VendorAnswer> change) {
    return new Fault(name, found, true, a -> a.vendor.kid(Requests.A), change);
  }

  private static Fault several(
      String name,
      String found,
      Consumer<VendorAnswer> change,
      Function<VendorAnswer, @Nullable KeyId> named) {
    return new Fault(name, found, true, named, change);
  }
}
