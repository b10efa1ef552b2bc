package io.keymux.cpix;

import org.jspecify.annotations.Nullable;

/**
 * What a document says about a key beside its value, scheme and IV. Null means absent.
 *
 * @param dependsOn the KID of the root key that this leaf key comes with, or null if the key is not
 *     part of a hierarchy or is a root; a leaf has none of the other details
 * @param contentId what this one key is for, where the document as a whole has no content id
 * @param hlsMethod the {@code METHOD} of HLS that stood in place of a scheme: {@code AES-128},
 *     {@code SAMPLE-AES} or {@code SAMPLE-AES-CTR}
 * @param hdcpLevel {@code HDCP-LEVEL} of HLS variants that use the key: {@code TYPE-0}, {@code
 *     TYPE-1} or {@code NONE}
 * @param hdcpOutputProtection an XML fragment for the {@code OutputProtection} descriptor of DASH
 * @see "DASH-IF CPIX 2.4, ContentKey and HDCPData elements"
 */
public record KeyDetails(
    @Nullable KeyId dependsOn,
    @Nullable String contentId,
    @Nullable String hlsMethod,
    @Nullable String hdcpLevel,
    @Nullable String hdcpOutputProtection) {
  public static final KeyDetails NONE = new KeyDetails(null, null, null, null, null);

  /** Details of a leaf key. */
  public static KeyDetails leafOf(KeyId root) {
    return new KeyDetails(root, null, null, null, null);
  }
}
