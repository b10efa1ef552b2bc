package io.keymux.cpix.xml;

import io.keymux.cpix.InvalidCpixException;
import jakarta.xml.bind.Binder;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import jakarta.xml.bind.UnmarshalException;
import jakarta.xml.bind.ValidationEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A CPIX tree as JAXB objects, each of which still knows its element. */
final class BoundDocument {
  private static final JAXBContext CONTEXT = context();
  private static final Set<String> BOUND_LISTS =
      Set.of(
          "DeliveryDataList",
          "ContentKeyList",
          "DRMSystemList",
          "ContentKeyPeriodList",
          "ContentKeyUsageRuleList",
          "UpdateHistoryItemList");

  private final Binder<Node> binder;
  private final Element top;
  private final JaxbCpix root;

  private BoundDocument(Binder<Node> binder, Element top, JaxbCpix root) {
    this.binder = binder;
    this.top = top;
    this.root = root;
  }

  /**
   * @throws InvalidCpixException if the root is not CPIX, or an element stands where neither CPIX
   *     nor an extension point has a place for it
   */
  static BoundDocument of(Document document) {
    Element top = document.getDocumentElement();
    requireCpix(top);
    FirstEvent first = new FirstEvent();
    try {
      Binder<Node> binder = CONTEXT.createBinder();
      binder.setEventHandler(first::take);
      return new BoundDocument(binder, top, binder.unmarshal(top, JaxbCpix.class).getValue());
    } catch (UnmarshalException e) {
      throw new InvalidCpixException(
          "cpix-unexpected-element",
          first.place() + " holds an element that CPIX has no place for there.",
          "Check its name and its namespace, or remove it.");
    } catch (JAXBException e) {
      throw new IllegalStateException("the JAXB runtime failed without a validation event", e);
    }
  }

  /**
   * @throws InvalidCpixException with code {@code cpix-wrong-root} if it is not
   */
  static void requireCpix(Element top) {
    if (!"CPIX".equals(top.getLocalName()) || !CpixNames.CPIX.equals(top.getNamespaceURI())) {
      throw new InvalidCpixException(
          "cpix-wrong-root",
          "The root element is %s in namespace %s, not CPIX in %s."
              .formatted(top.getNodeName(), top.getNamespaceURI(), CpixNames.CPIX),
          "Send a CPIX document.");
    }
  }

  JaxbCpix root() {
    return root;
  }

  /** The children of the root that are not bound, from the tree itself: JAXB has copies only. */
  List<Element> otherChildren() {
    List<Element> others = new ArrayList<>();
    for (Node child = top.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element
          && !(CpixNames.CPIX.equals(element.getNamespaceURI())
              && BOUND_LISTS.contains(element.getLocalName()))) {
        others.add(element);
      }
    }
    return others;
  }

  Place place(Object bound) {
    return Place.of(node(bound));
  }

  /** The node that {@code bound} was made from. */
  Node node(Object bound) {
    return binder.getXMLNode(bound);
  }

  /**
   * The only item of {@code list}, or null.
   *
   * @throws InvalidCpixException with code {@code cpix-repeated-element} if there are several
   */
  <T> @Nullable T single(List<T> list) {
    if (list.size() > 1) {
      throw place(list.get(1))
          .invalid(
              "cpix-repeated-element",
              "the element stands " + list.size() + " times, but may stand once.",
              "Remove the others.");
    }
    return list.isEmpty() ? null : list.get(0);
  }

  /** A new tree of {@code root}. */
  static Document marshal(JaxbCpix root) {
    Document document = SafeXml.newDocument();
    try {
      Marshaller marshaller = CONTEXT.createMarshaller();
      marshaller.marshal(root, document);
    } catch (JAXBException e) {
      throw new IllegalStateException("the JAXB runtime cannot write a tree", e);
    }
    return document;
  }

  /** JAXB looks for its runtime in the thread's class loader, which may know nothing of us. */
  private static JAXBContext context() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(BoundDocument.class.getClassLoader());
    try {
      return JAXBContext.newInstance(JaxbCpix.class);
    } catch (JAXBException e) {
      throw new IllegalStateException("the JAXB runtime is missing or refuses our classes", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Stops JAXB at its first complaint. Its words are dropped, they may quote the document. */
  private static final class FirstEvent {
    private @Nullable Node node;

    boolean take(ValidationEvent event) {
      node = event.getLocator().getNode();
      return false;
    }

    String place() {
      return node == null ? "The document" : XmlPath.of(node);
    }
  }
}
