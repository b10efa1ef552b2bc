package io.keymux.cpix.signature;

import io.keymux.cpix.signature.SignatureFinding.Kind;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * The elements of one {@code ds:Signature}, held against the single form that CPIX needs. XML
 * Signature allows far more, and what it allows is how forgeries are built.
 */
final class SignatureForm {
  /** The transform that leaves out the signature itself. */
  static final String ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

  private static final Set<String> SIGNATURES =
      Set.of(
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512");
  private static final Set<String> DIGESTS =
      Set.of(
          "http://www.w3.org/2001/04/xmlenc#sha256",
          "http://www.w3.org/2001/04/xmldsig-more#sha384",
          "http://www.w3.org/2001/04/xmlenc#sha512");

  /**
   * Neither a way to leave the document nor XPointer, nor escapes that readers treat differently.
   */
  private static final Pattern URI = Pattern.compile("|#[^\\s#%()'\"&/\\\\]+");

  private final Element signature;

  SignatureForm(Element signature) {
    this.signature = signature;
  }

  /** The URI of the only Reference, or null. */
  @Nullable String uri() {
    Element reference = find("SignedInfo", "Reference");
    return reference == null || !reference.hasAttribute("URI")
        ? null
        : reference.getAttribute("URI");
  }

  @Nullable Element keyInfo() {
    return find("KeyInfo");
  }

  /** Whether {@code id} can stand in a Reference. */
  static boolean isReferable(String id) {
    return !id.isEmpty() && URI.matcher("#" + id).matches();
  }

  /** The first thing that is not as it has to be, or null. */
  @Nullable SignatureFinding defect() {
    SignatureFinding shape = shape();
    return shape != null ? shape : algorithms();
  }

  private @Nullable SignatureFinding shape() {
    if (!holds(signature, "SignedInfo", "SignatureValue")
        && !holds(signature, "SignedInfo", "SignatureValue", "KeyInfo")) {
      return form("Signature holds %s, not SignedInfo, SignatureValue and KeyInfo.", signature);
    }
    Element signedInfo = require("SignedInfo");
    if (!holds(signedInfo, "CanonicalizationMethod", "SignatureMethod", "Reference")) {
      return form("SignedInfo holds %s; there must be exactly one Reference.", signedInfo);
    }
    Element reference = require("SignedInfo", "Reference");
    if (!holds(reference, "DigestMethod", "DigestValue")
        && !holds(reference, "Transforms", "DigestMethod", "DigestValue")) {
      return form("Reference holds %s.", reference);
    }
    String uri = uri();
    if (uri == null || !URI.matcher(uri).matches()) {
      return new SignatureFinding(
          Kind.FORM,
          uri == null
              ? "The Reference has no URI."
              : "The Reference has the URI \"" + uri + "\", which is neither empty nor #id.");
    }
    for (Element leaf :
        List.of(
            require("SignedInfo", "SignatureMethod"),
            require("SignedInfo", "Reference", "DigestMethod"))) {
      if (!holds(leaf)) {
        return form(leaf.getLocalName() + " holds %s, but takes no parameters.", leaf);
      }
    }
    return null;
  }

  private @Nullable SignatureFinding algorithms() {
    Element canonicalization = require("SignedInfo", "CanonicalizationMethod");
    SignatureFinding unknown =
        first(
            canonical(canonicalization),
            allowed(require("SignedInfo", "SignatureMethod"), SIGNATURES),
            allowed(require("SignedInfo", "Reference", "DigestMethod"), DIGESTS));
    return unknown != null ? unknown : transforms();
  }

  /** Enveloped first, one canonicalization after it, each of them optional. */
  private @Nullable SignatureFinding transforms() {
    Element list = find("SignedInfo", "Reference", "Transforms");
    List<Element> left = list == null ? new ArrayList<>() : CpixDom.children(list);
    for (Element transform : left) {
      if (!is(transform, "Transform")) {
        return form("Transforms holds %s.", transform);
      }
    }
    boolean enveloped = !left.isEmpty() && ENVELOPED.equals(algorithm(left.get(0)));
    if (enveloped && !holds(left.get(0))) {
      return form("The enveloped-signature transform holds %s.", left.get(0));
    }
    if (enveloped) {
      left.remove(0);
    }
    if (left.size() > 1) {
      return new SignatureFinding(
          Kind.FORM,
          "There are more transforms than enveloped-signature and one canonicalization.");
    }
    SignatureFinding unknown = left.isEmpty() ? null : canonical(left.get(0));
    if (unknown == null && !enveloped && "".equals(uri())) {
      return new SignatureFinding(
          Kind.FORM,
          "It signs the document that it stands in, but has no enveloped-signature transform.");
    }
    return unknown;
  }

  private static @Nullable SignatureFinding canonical(Element method) {
    if (!Canonicalization.isKnown(algorithm(method))) {
      return unsupported(method);
    }
    List<Element> parameters = CpixDom.children(method);
    boolean exclusive = Canonicalization.EXCLUSIVE.uri().equals(algorithm(method));
    boolean prefixes =
        parameters.size() == 1
            && "InclusiveNamespaces".equals(parameters.get(0).getLocalName())
            && Canonicalization.EXCLUSIVE.uri().equals(parameters.get(0).getNamespaceURI());
    return parameters.isEmpty() || (exclusive && prefixes)
        ? null
        : form(method.getLocalName() + " holds %s.", method);
  }

  private static @Nullable SignatureFinding allowed(Element method, Set<String> algorithms) {
    return algorithms.contains(algorithm(method)) ? null : unsupported(method);
  }

  private static SignatureFinding unsupported(Element method) {
    return new SignatureFinding(
        Kind.ALGORITHM,
        "%s \"%s\" is not supported.".formatted(method.getLocalName(), algorithm(method)));
  }

  private static @Nullable SignatureFinding first(@Nullable SignatureFinding... findings) {
    for (SignatureFinding finding : findings) {
      if (finding != null) {
        return finding;
      }
    }
    return null;
  }

  private static SignatureFinding form(String text, Element element) {
    List<String> names = CpixDom.children(element).stream().map(Element::getNodeName).toList();
    return new SignatureFinding(Kind.FORM, text.formatted(names));
  }

  private static String algorithm(Element method) {
    return method.getAttribute("Algorithm");
  }

  private static boolean is(Element element, String name) {
    return CpixNames.XMLDSIG.equals(element.getNamespaceURI())
        && name.equals(element.getLocalName());
  }

  private static boolean holds(Element parent, String... names) {
    List<Element> children = CpixDom.children(parent);
    if (children.size() != names.length) {
      return false;
    }
    for (int i = 0; i < names.length; i++) {
      if (!is(children.get(i), names[i])) {
        return false;
      }
    }
    return true;
  }

  private Element require(String... names) {
    Element found = find(names);
    if (found == null) {
      throw new IllegalStateException("the shape was not checked: " + List.of(names));
    }
    return found;
  }

  private @Nullable Element find(String... names) {
    Element at = signature;
    for (String name : names) {
      at = CpixDom.children(at).stream().filter(c -> is(c, name)).findFirst().orElse(null);
      if (at == null) {
        return null;
      }
    }
    return at;
  }
}
