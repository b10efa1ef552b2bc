/** A worker on the module path: automatic modules have the names that their manifests give. */
module com.example.worker {
  requires io.keymux.cpix;
  requires io.keymux.keyserver;
  requires io.keymux.packager;
}
