# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# headroom-studio without a display, and without a user who answers dialogs.
include(${CMAKE_CURRENT_LIST_DIR}/../headroom.cmake)
set(ENV{XDG_CONFIG_HOME} ${SCRATCH}/config)
unset(ENV{DISPLAY})
unset(ENV{WAYLAND_DISPLAY})
unset(ENV{QT_QPA_PLATFORM})

foreach(option --help -h)
  headroom(0 ${option})
  expect_contains("${out}" "--screenshot")
endforeach()
headroom(0 --version)
expect_equal("${out}" "headroom-studio ${VERSION}\n")

# One sentence; Qt does not abort.
function(expect_no_display)
  headroom(1 songs)
  expect_contains("${err}" "On a machine without a display use the command line, headroom,")
  string(REGEX MATCHALL "\n" lines "${err}")
  list(LENGTH lines count)
  expect_equal(${count} 1)
endfunction()
expect_no_display()
set(ENV{DISPLAY} :98765)
expect_no_display()
set(ENV{QT_QPA_PLATFORM} none-such)
expect_no_display()

set(ENV{QT_QPA_PLATFORM} offscreen)
headroom(2 --loud)
expect_contains("${err}" "loud")
# A dialog with the error is open, so no picture is written.
headroom(1 nowhere.yaml --screenshot picture.png --wait 0)
expect_contains("${err}" "nowhere.yaml")
expect_missing(picture.png)
headroom(0 --page memory --screenshot picture.png --wait 0)
expect_files(picture.png)
headroom(1 --page memory --screenshot nowhere/picture.png --wait 0)
expect_contains("${err}" "nowhere/picture.png")
