package io.keymux.cpix.signature;

import static io.keymux.cpix.signature.SignedPart.CONTENT_KEYS;
import static io.keymux.cpix.signature.SignedPart.DOCUMENT;
import static io.keymux.cpix.signature.SignedPart.DRM_SYSTEMS;
import static io.keymux.cpix.signature.TestSigner.ALICE;
import static io.keymux.cpix.signature.TestSigner.BOB;

import io.keymux.cpix.signature.SignatureFinding.Kind;
import io.keymux.cpix.xml.CpixNames;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.spec.XPathFilterParameterSpec;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * One way to pass off keys of an attacker as signed by Alice.
 *
 * @param signing how Alice signs the genuine document
 * @param forging what the attacker, who has no key of hers, makes of it
 * @param fooled whether a reader that asks the JDK alone finds a valid signature of hers
 * @param finding what we say about the first signature, or null if none is left below the root
 * @param code why the document is refused if its keys must be signed
 */
record Forgery(
    String name,
    Consumer<Document> signing,
    Consumer<Document> forging,
    boolean fooled,
    @Nullable Kind finding,
    String code) {

  private static final String REQUIRED = "cpix-signature-required";
  private static final String INVALID = "cpix-signature-invalid";
  private static final String UNTRUSTED = "cpix-signature-untrusted";

  @Override
  public String toString() {
    return name;
  }

  static List<Forgery> all() {
    return List.of(
        new Forgery(
            "list moved into an Object of its signature",
            Forgery::signList,
            d -> object(d, 0).appendChild(Sample.replaceKeyList(d, false)),
            true,
            Kind.FORM,
            REQUIRED),
        new Forgery(
            "list moved into an extension of a DRMSystem",
            Forgery::signList,
            d -> Sample.extension(d).appendChild(Sample.replaceKeyList(d, false)),
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "the same, and the forged list has the id too",
            Forgery::signList,
            d -> Sample.extension(d).appendChild(Sample.replaceKeyList(d, true)),
            false,
            Kind.DUPLICATE_ID,
            INVALID),
        new Forgery(
            "the id in other letters on an extension",
            Forgery::signList,
            d -> Sample.extension(d).setAttributeNS(null, "Id", "ContentKeyList"),
            false,
            Kind.DUPLICATE_ID,
            INVALID),
        new Forgery(
            "xml:id of the list's value on an extension",
            Forgery::signList,
            d ->
                Sample.extension(d)
                    .setAttributeNS(
                        "http://www.w3.org/XML/1998/namespace", "xml:id", " ContentKeyList "),
            true,
            Kind.DUPLICATE_ID,
            INVALID),
        new Forgery(
            "list moved into the Object of another signature",
            d -> {
              signList(d);
              BOB.signer().sign(d, EnumSet.of(DRM_SYSTEMS));
            },
            d -> object(d, 1).appendChild(Sample.replaceKeyList(d, false)),
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "Reference with an XPath transform that leaves the keys out",
            d -> signAsJdk(d, "#ContentKeyList", xpath("not(ancestor-or-self::pskc:Secret)")),
            d -> Sample.element(d, "PlainValue").setTextContent(Sample.FORGED_VALUE),
            true,
            Kind.ALGORITHM,
            INVALID),
        new Forgery(
            "document without enveloped-signature, its signature left out by XPath",
            d ->
                signAsJdk(
                    d, "", xpath("not(ancestor-or-self::ds:Signature|ancestor::pskc:Secret)")),
            d -> Sample.element(d, "PlainValue").setTextContent(Sample.FORGED_VALUE),
            true,
            Kind.ALGORITHM,
            INVALID),
        new Forgery(
            "document without enveloped-signature",
            d -> signAsJdk(d, ""),
            d -> Sample.element(d, "PlainValue").setTextContent(Sample.FORGED_VALUE),
            false,
            Kind.FORM,
            INVALID),
        new Forgery(
            "second list of the same name before the signed one",
            Forgery::signList,
            d -> {
              Element genuine = Sample.replaceKeyList(d, false);
              d.getDocumentElement().appendChild(genuine);
            },
            true,
            Kind.REPEATED_LIST,
            INVALID),
        new Forgery(
            "second list of the same name after the signed one",
            Forgery::signList,
            d -> {
              Element genuine = Sample.replaceKeyList(d, false);
              Element forged = Sample.element(d, "ContentKeyList");
              d.getDocumentElement().insertBefore(genuine, forged);
            },
            true,
            Kind.REPEATED_LIST,
            INVALID),
        new Forgery(
            "signature moved below another list",
            Forgery::signList,
            d -> Sample.element(d, "DRMSystemList").appendChild(Sample.element(d, "Signature")),
            true,
            null,
            REQUIRED),
        new Forgery(
            "the id moved to a vendor's element that holds the list",
            Forgery::signList,
            d -> {
              Element genuine = Sample.replaceKeyList(d, false);
              genuine.removeAttribute("id");
              Sample.extension(d).appendChild(genuine);
              ((Element) genuine.getParentNode()).setAttributeNS(null, "id", "ContentKeyList");
            },
            false,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "list below a vendor's element that is a child of the root",
            Forgery::signList,
            d -> {
              Element genuine = Sample.replaceKeyList(d, false);
              Element box = d.createElementNS("urn:example:vendor", "v:box");
              d.getDocumentElement().appendChild(box).appendChild(genuine);
            },
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "list below another list of CPIX",
            Forgery::signList,
            d ->
                Sample.element(d, "UpdateHistoryItemList")
                    .appendChild(Sample.replaceKeyList(d, false)),
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "new root around the signed document",
            Forgery::signList,
            d -> wrap(d, false),
            true,
            null,
            REQUIRED),
        new Forgery(
            "new root around the signed document, signature lifted",
            Forgery::signList,
            d -> wrap(d, true),
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "new root around a document signed by its id, signature lifted",
            d -> {
              d.getDocumentElement().setAttributeNS(null, "id", "root");
              signAsJdk(d, "#root", enveloped());
            },
            d -> wrap(d, true),
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "new root around a signed document, signature lifted",
            d -> ALICE.signer().sign(d, EnumSet.of(DOCUMENT)),
            d -> wrap(d, true),
            false,
            Kind.CONTENT_CHANGED,
            INVALID),
        new Forgery(
            "ids of two lists exchanged",
            Forgery::signList,
            d -> {
              Element genuine = Sample.replaceKeyList(d, false);
              d.renameNode(genuine, CpixNames.CPIX, "DRMSystemList");
              Element systems = Sample.element(d, "DRMSystemList");
              systems.getParentNode().replaceChild(genuine, systems);
            },
            false,
            Kind.CONTENT_CHANGED,
            REQUIRED),
        new Forgery(
            "XPointer to the hidden list",
            Forgery::signList,
            d -> {
              Sample.extension(d).appendChild(Sample.replaceKeyList(d, false));
              Sample.element(d, "Reference")
                  .setAttributeNS(null, "URI", "#xpointer(id('ContentKeyList'))");
            },
            false,
            Kind.FORM,
            REQUIRED),
        new Forgery(
            "two References",
            Forgery::signList,
            d -> {
              Element reference = Sample.element(d, "Reference");
              reference.getParentNode().appendChild(reference.cloneNode(true));
            },
            false,
            Kind.FORM,
            INVALID),
        new Forgery(
            "signed by the attacker",
            d -> BOB.signer().sign(d, EnumSet.of(CONTENT_KEYS)),
            d -> {},
            false,
            Kind.UNTRUSTED,
            UNTRUSTED),
        new Forgery(
            "signed by the attacker, Alice's certificate added behind",
            d -> BOB.signer().sign(d, EnumSet.of(CONTENT_KEYS)),
            d -> Sample.element(d, "X509Data").appendChild(certificateOfAlice(d)),
            false,
            Kind.UNTRUSTED,
            UNTRUSTED),
        new Forgery(
            "signed by the attacker, Alice's certificate added before",
            d -> BOB.signer().sign(d, EnumSet.of(CONTENT_KEYS)),
            d ->
                Sample.element(d, "X509Data")
                    .insertBefore(certificateOfAlice(d), Sample.element(d, "X509Certificate")),
            false,
            Kind.SIGNATURE_VALUE,
            INVALID));
  }

  private static void signList(Document document) {
    ALICE.signer().sign(document, EnumSet.of(CONTENT_KEYS));
  }

  private static void signAsJdk(Document document, String uri, Transform... transforms) {
    Sample.element(document, "ContentKeyList").setAttributeNS(null, "id", "ContentKeyList");
    JdkPeer.sign(document, ALICE, new JdkPeer.Plan(uri, transforms));
  }

  private static Transform xpath(String expression) {
    return JdkPeer.transform(
        Transform.XPATH,
        new XPathFilterParameterSpec(
            expression, Map.of("pskc", CpixNames.PSKC, "ds", CpixNames.XMLDSIG)));
  }

  private static Transform enveloped() {
    return JdkPeer.transform(Transform.ENVELOPED, null);
  }

  private static Element object(Document document, int signature) {
    Element object = document.createElementNS(CpixNames.XMLDSIG, "Object");
    Sample.element(document, "Signature", signature).appendChild(object);
    return object;
  }

  /** The whole document becomes an extension in a copy of itself that has other keys. */
  private static void wrap(Document document, boolean liftSignature) {
    Element genuine = document.getDocumentElement();
    Element forged = (Element) genuine.cloneNode(true);
    forged.removeAttribute("id");
    for (String name : List.of("Signature", "ContentKeyList")) {
      Element copy = (Element) forged.getElementsByTagNameNS("*", name).item(0);
      if (name.equals("Signature")) {
        copy.getParentNode().removeChild(copy);
      } else {
        copy.removeAttribute("id");
      }
    }
    forged.getElementsByTagNameNS("*", "PlainValue").item(0).setTextContent(Sample.FORGED_VALUE);
    document.replaceChild(forged, genuine);
    Sample.extension(document).appendChild(genuine);
    if (liftSignature) {
      forged.appendChild(Sample.element(document, "Signature"));
    }
  }

  private static Element certificateOfAlice(Document document) {
    Document other = Sample.document();
    signList(other);
    return (Element) document.importNode(Sample.element(other, "X509Certificate"), true);
  }
}
