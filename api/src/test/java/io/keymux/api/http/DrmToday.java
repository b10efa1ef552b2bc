package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.cpix.CpixDocument;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;

/** A client of the DRMtoday routes that follows what the servers answer. */
record DrmToday(TestService service, String password) {
  static final String CAS = "/cas/v1/tickets";
  static final String FORM = "application/x-www-form-urlencoded";
  static final String PROCESS = "/frontend/cpix/v1/acme/ingest/main";
  static final String INGEST = "/frontend/api/keys/v3/ingest/acme";
  static final String SD = "0f083e4e-b831-4a3d-917e-ce78076e54aa";
  static final String AUDIO = "0f083e4e-b831-4a3d-917e-ce78076e54ab";

  /** Two keys for Widevine with every place that there is. */
  static String document(String contentId, String version) {
    return """
        <cpix:CPIX xmlns:cpix="urn:dashif:org:cpix" contentId="%s" version="%s"><cpix:ContentKeyList>\
        <cpix:ContentKey kid="%3$s" commonEncryptionScheme="cbcs"/>\
        <cpix:ContentKey kid="%4$s" commonEncryptionScheme="cbcs"/></cpix:ContentKeyList><cpix:DRMSystemList>\
        <cpix:DRMSystem kid="%3$s" systemId="edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"><cpix:PSSH/>\
        <cpix:HLSSignalingData playlist="media"/></cpix:DRMSystem>\
        <cpix:DRMSystem kid="%4$s" systemId="94ce86fb-07ff-4f43-adb8-93d2fa968ca2">\
        <cpix:HLSSignalingData playlist="media"/></cpix:DRMSystem></cpix:DRMSystemList>\
        <cpix:ContentKeyUsageRuleList>\
        <cpix:ContentKeyUsageRule kid="%3$s" intendedTrackType="SD"><cpix:VideoFilter maxPixels="589824"/></cpix:ContentKeyUsageRule>\
        <cpix:ContentKeyUsageRule kid="%4$s" intendedTrackType="AUDIO"><cpix:AudioFilter/></cpix:ContentKeyUsageRule>\
        </cpix:ContentKeyUsageRuleList></cpix:CPIX>"""
        .formatted(contentId, version, SD, AUDIO);
  }

  HttpResponse<String> logIn(String user, String secret) {
    return service.post(
        CAS, FORM, "username=%s&password=%s".formatted(encoded(user), encoded(secret)));
  }

  /** The URL of a ticket-granting ticket. */
  URI login() {
    HttpResponse<String> answer = logIn("acme::packager", password);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  HttpResponse<String> mint(URI login, URI serviceUrl) {
    return service.post(login.getPath(), FORM, "service=" + encoded(serviceUrl.toString()));
  }

  /** A service ticket for a path. */
  String ticket(String path) {
    HttpResponse<String> answer = mint(login(), service.uri(path));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  HttpResponse<String> process(String document) {
    return service.post(PROCESS + "?ticket=" + ticket(PROCESS), "application/xml", document);
  }

  HttpResponse<String> generate(String asset, String query) {
    String path = PROCESS + "/" + asset;
    return service.get(path + "?ticket=" + ticket(path) + query);
  }

  HttpResponse<String> ingest(String json) {
    return service.postJson(INGEST + "?ticket=" + ticket(INGEST), json);
  }

  HttpResponse<String> delete(URI login) {
    return service.send(HttpRequest.newBuilder(login).DELETE());
  }

  /** The keys that a player gets for the KIDs of the document. */
  String licence(CpixDocument document) {
    String kids =
        document.contentKeys().stream()
            .map(key -> "\"" + base64url(key.id().toBytes()) + "\"")
            .collect(Collectors.joining(","));
    JsonNode licence = TestService.json(service.postJson("/clearkey", "{\"kids\":[" + kids + "]}"));
    return String.join(" ", licence.path("keys").findValuesAsText("k"));
  }

  /** The keys of the document as {@link #licence} shows them. */
  static String values(CpixDocument document) {
    return document.contentKeys().stream()
        .map(key -> base64url(key.value().reveal()))
        .collect(Collectors.joining(" "));
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
