String log = new File(basedir, 'build.log').text
assert log.contains('io.keymux.packager.Keymux:CLASS_REMOVED')
assert log.contains('io.keymux.packager.codec.VideoRange:CLASS_REMOVED')
assert !log.contains('io.keymux.packager.isobmff.')
assert log =~ /keymux-packager broken \.+ FAILURE/
assert log =~ /keymux-packager internal \.+ SUCCESS/
