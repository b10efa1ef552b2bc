package io.keymux.keyserver.cpixget;

import static io.keymux.keyserver.cpixget.Documents.KEY_1;
import static io.keymux.keyserver.cpixget.Documents.KEY_2;
import static io.keymux.keyserver.cpixget.Documents.base64;
import static io.keymux.keyserver.cpixget.Documents.fresh;
import static io.keymux.keyserver.speke.Requests.A;
import static io.keymux.keyserver.speke.Requests.B;
import static io.keymux.keyserver.speke.Requests.C;

import io.keymux.cpix.KeyId;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What no document may be, whosever rules count. */
final class DocumentFaults {
  private DocumentFaults() {}

  private static Stream<Arguments> faults() {
    String good = Documents.generated(fresh(A), fresh(B), "movie-1");
    KeyId swapped = KeyId.ofBytes(A.toGuidBytes());
    String zero = "00".repeat(16);
    return Stream.of(
        Arguments.of("same key", "have the same key", good.replace(base64(KEY_2), base64(KEY_1))),
        Arguments.of("zero key", "is all zero", good.replace(base64(KEY_1), base64(zero))),
        Arguments.of("short key", "cpix-wrong-size", good.replace(base64(KEY_1), base64("0102"))),
        Arguments.of(
            "no value", "has no value", good.replaceFirst("<cpix:Data>.*?</cpix:Data>", "")),
        Arguments.of("another scheme", "commonEncryptionScheme", good.replaceFirst("cbcs", "cenc")),
        Arguments.of("another asset", "CPIX@contentId", good.replace("movie-1", "movie-2")),
        Arguments.of(
            "unknown KID of a system",
            C.toString(),
            good.replace("</cpix:DRMSystemList>", Documents.widevine(C) + "</cpix:DRMSystemList>")),
        Arguments.of(
            "pssh of another key",
            "is for KID [" + C + "]",
            good.replaceFirst(
                "<cpix:PSSH>[^<]+",
                Documents.widevine(C).replaceAll(".*(<cpix:PSSH>[^<]+).*", "$1"))),
        Arguments.of(
            "little-endian KID",
            "little-endian GUID",
            Documents.generated(swapped, fresh(B), "movie-1")),
        Arguments.of(
            "unknown filter",
            fresh(A).toString(),
            good.replace("<cpix:VideoFilter/>", "<cpix:VideoFilter/><cpix:CodecFilter/>")),
        Arguments.of(
            "no rules",
            "2 keys",
            good.replaceFirst(
                "<cpix:ContentKeyUsageRuleList>.*</cpix:ContentKeyUsageRuleList>", "")),
        Arguments.of(
            "bad URI",
            "URIExtXKey",
            good.replace(
                Documents.encoded("skd://a/" + fresh(A)), Documents.encoded("skd://a/\"\n#EXT"))),
        Arguments.of("JSON", "it is JSON", "{\"error\":\"" + KEY_1 + "\"}"),
        Arguments.of("HTML", "it is HTML", "<html><body>" + KEY_1 + "</body></html>"),
        Arguments.of("cut off", "cannot be read as CPIX", good.substring(0, 400)),
        Arguments.of("no keys", "keys", good.replaceAll("<cpix:CPIX([^>]*)>.*", "<cpix:CPIX$1/>")));
  }

  static Stream<Arguments> ofBothMappings() {
    return faults()
        .flatMap(
            fault ->
                Stream.of(Mapping.values())
                    .map(
                        mapping ->
                            Arguments.of(mapping, fault.get()[0], fault.get()[1], fault.get()[2])));
  }
}
