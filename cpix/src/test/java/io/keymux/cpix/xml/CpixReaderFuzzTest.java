package io.keymux.cpix.xml;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keymux.cpix.FuzzedInput;

class CpixReaderFuzzTest {

  @DictionaryEntries({
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "?>",
    "<!DOCTYPE ",
    "&#x",
    "&amp;",
    "xmlns:",
    "xmlns=\"\"",
    "urn:dashif:org:cpix",
    "ContentKeyList",
    "ContentKey",
    "DRMSystem",
    "ContentKeyPeriod",
    "ContentKeyUsageRule",
    "DeliveryDataList",
    "DeliveryData",
    "DocumentKey",
    "MACMethod",
    "UpdateHistoryItemList",
    "Signature",
    "pskc:PlainValue",
    "pskc:EncryptedValue",
    "pskc:ValueMAC",
    "HDCPData",
    "KeyPeriodFilter",
    "LabelFilter",
    "VideoFilter",
    "AudioFilter",
    "BitrateFilter",
    " kid=",
    " dependsOnKey=",
    " explicitIV=",
    " version=",
    " updateVersion=",
    " index=",
    " start=",
    " startOffset=",
    " minPixels=",
    " hdr=",
    "4294967296",
    "-1",
    "PT1S",
    "2026-01-01T00:00:00Z"
  })
  @FuzzTest(maxDuration = "150s")
  void read_anyBytes_isReadOrRefused(byte[] input) {
    FuzzedInput.isReadOrRefused(() -> CpixReader.read(input));
  }
}
