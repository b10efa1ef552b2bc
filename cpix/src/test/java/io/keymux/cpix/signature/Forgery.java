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
import java.util.function.Consumer;
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
            ForgerySteps::signList,
            d -> ForgerySteps.object(d, 0).appendChild(Sample.replaceKeyList(d, false)),
            true,
            Kind.FORM,
            REQUIRED),
        new Forgery(
            "list moved into an extension of a DRMSystem",
            ForgerySteps::signList,
            d -> Sample.extension(d).appendChild(Sample.replaceKeyList(d, false)),
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "the same, and the forged list has the id too",
            ForgerySteps::signList,
            d -> Sample.extension(d).appendChild(Sample.replaceKeyList(d, true)),
            false,
            Kind.DUPLICATE_ID,
            INVALID),
        new Forgery(
            "the id in other letters on an extension",
            ForgerySteps::signList,
            d -> Sample.extension(d).setAttributeNS(null, "Id", "ContentKeyList"),
            false,
            Kind.DUPLICATE_ID,
            INVALID),
        new Forgery(
            "xml:id of the list's value on an extension",
            ForgerySteps::signList,
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
              ForgerySteps.signList(d);
              BOB.signer().sign(d, EnumSet.of(DRM_SYSTEMS));
            },
            d -> ForgerySteps.object(d, 1).appendChild(Sample.replaceKeyList(d, false)),
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "Reference with an XPath transform that leaves the keys out",
            d ->
                ForgerySteps.signAsJdk(
                    d, "#ContentKeyList", ForgerySteps.xpath("not(ancestor-or-self::pskc:Secret)")),
            d -> Sample.element(d, "PlainValue").setTextContent(Sample.FORGED_VALUE),
            true,
            Kind.ALGORITHM,
            INVALID),
        new Forgery(
            "document without enveloped-signature, its signature left out by XPath",
            d ->
                ForgerySteps.signAsJdk(
                    d,
                    "",
                    ForgerySteps.xpath(
                        "not(ancestor-or-self::ds:Signature|ancestor::pskc:Secret)")),
            d -> Sample.element(d, "PlainValue").setTextContent(Sample.FORGED_VALUE),
            true,
            Kind.ALGORITHM,
            INVALID),
        new Forgery(
            "document without enveloped-signature",
            d -> ForgerySteps.signAsJdk(d, ""),
            d -> Sample.element(d, "PlainValue").setTextContent(Sample.FORGED_VALUE),
            false,
            Kind.FORM,
            INVALID),
        new Forgery(
            "second list of the same name before the signed one",
            ForgerySteps::signList,
            d -> {
              Element genuine = Sample.replaceKeyList(d, false);
              d.getDocumentElement().appendChild(genuine);
            },
            true,
            Kind.REPEATED_LIST,
            INVALID),
        new Forgery(
            "second list of the same name after the signed one",
            ForgerySteps::signList,
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
            ForgerySteps::signList,
            d -> Sample.element(d, "DRMSystemList").appendChild(Sample.element(d, "Signature")),
            true,
            null,
            REQUIRED),
        new Forgery(
            "the id moved to a vendor's element that holds the list",
            ForgerySteps::signList,
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
            ForgerySteps::signList,
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
            ForgerySteps::signList,
            d ->
                Sample.element(d, "UpdateHistoryItemList")
                    .appendChild(Sample.replaceKeyList(d, false)),
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "new root around the signed document",
            ForgerySteps::signList,
            d -> ForgerySteps.wrap(d, false),
            true,
            null,
            REQUIRED),
        new Forgery(
            "new root around the signed document, signature lifted",
            ForgerySteps::signList,
            d -> ForgerySteps.wrap(d, true),
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "new root around a document signed by its id, signature lifted",
            d -> {
              d.getDocumentElement().setAttributeNS(null, "id", "root");
              ForgerySteps.signAsJdk(d, "#root", JdkPeer.enveloped());
            },
            d -> ForgerySteps.wrap(d, true),
            true,
            Kind.TARGET,
            REQUIRED),
        new Forgery(
            "new root around a signed document, signature lifted",
            d -> ALICE.signer().sign(d, EnumSet.of(DOCUMENT)),
            d -> ForgerySteps.wrap(d, true),
            false,
            Kind.CONTENT_CHANGED,
            INVALID),
        new Forgery(
            "ids of two lists exchanged",
            ForgerySteps::signList,
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
            ForgerySteps::signList,
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
            ForgerySteps::signList,
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
            d -> Sample.element(d, "X509Data").appendChild(ForgerySteps.certificateOfAlice(d)),
            false,
            Kind.UNTRUSTED,
            UNTRUSTED),
        new Forgery(
            "signed by the attacker, Alice's certificate added before",
            d -> BOB.signer().sign(d, EnumSet.of(CONTENT_KEYS)),
            d ->
                Sample.element(d, "X509Data")
                    .insertBefore(
                        ForgerySteps.certificateOfAlice(d), Sample.element(d, "X509Certificate")),
            false,
            Kind.SIGNATURE_VALUE,
            INVALID));
  }
}
