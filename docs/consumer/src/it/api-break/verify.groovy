String log = new File(basedir, 'build.log').text
assert log.contains('CLASS_REMOVED'): 'no removed class was reported'
assert log.contains('io.keymux.packager.Keymux'): 'the removed class was not named'
assert !log.contains('io.keymux.packager.isobmff'): 'an internal package was compared'
assert log =~ /keymux-packager broken.*FAILURE|FAILURE.*broken/: 'the break of the API passed'
