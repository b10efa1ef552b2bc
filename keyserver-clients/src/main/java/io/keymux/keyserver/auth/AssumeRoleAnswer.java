package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.http.KeyExchangeException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Reads the credentials of {@code AssumeRoleResponse}.
 *
 * @see "AWS Security Token Service API Reference, AssumeRole"
 */
final class AssumeRoleAnswer {
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,8000}");

  private AssumeRoleAnswer() {}

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid}
   */
  static AwsCredentials read(String host, byte[] xml) {
    Element credentials =
        child(host, child(host, root(host, xml), "AssumeRoleResult"), "Credentials");
    byte[] secret = text(host, credentials, "SecretAccessKey").getBytes(UTF_8);
    return new AwsCredentials(
        text(host, credentials, "AccessKeyId"),
        SecretBytes.copyOf(secret),
        text(host, credentials, "SessionToken"),
        expiration(host, text(host, credentials, "Expiration")));
  }

  private static Element root(String host, byte[] xml) {
    try {
      Element root = SafeXml.parse(xml).getDocumentElement();
      if (is(root, "AssumeRoleResponse")) {
        return root;
      }
    } catch (DrmException e) {
      // Its message may quote the answer.
    }
    throw invalid(host, "it is not AssumeRoleResponse");
  }

  private static Element child(String host, Element parent, String name) {
    Element found = null;
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (is(node, name)) {
        if (found != null) {
          throw invalid(host, "it has more than one " + name);
        }
        found = (Element) node;
      }
    }
    if (found == null) {
      throw invalid(host, "it has no " + name);
    }
    return found;
  }

  private static String text(String host, Element parent, String name) {
    String text = child(host, parent, name).getTextContent().strip();
    if (!PRINTABLE.matcher(text).matches()) {
      throw invalid(host, name + " is empty or not printable");
    }
    return text;
  }

  private static Instant expiration(String host, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw invalid(host, "Expiration is not a time");
    }
  }

  private static boolean is(@Nullable Node node, String name) {
    return node instanceof Element
        && name.equals(node.getLocalName())
        && NAMESPACE.equals(node.getNamespaceURI());
  }

  private static KeyExchangeException invalid(String host, String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}
