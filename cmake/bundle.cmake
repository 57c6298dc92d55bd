# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Adds the libraries that installed programs need to their folder, so that they run on any Linux for x86-64 whose C library is
# at least as new as that of this machine. Left out are the C library, the compiler's libraries and the drivers of the display,
# which belong to the system, and LibTorch.
#
#   cmake -D FOLDER=install-folder -D LIBTORCH=folder -D PLUGINS=folder-of-Qt's-plugins -P bundle.cmake
set(target ${FOLDER}/lib/headroom)
file(GLOB programs ${target}/headroom ${target}/headroom-studio ${target}/headroom-studio-setup ${FOLDER}/bin/headroom)

# Windows on X11 and Wayland, pictures, sound, and input methods. Those of desktops, such as GTK, come with them.
file(GLOB plugins
     RELATIVE ${PLUGINS}
     ${PLUGINS}/platforms/libqxcb.so
     ${PLUGINS}/platforms/libqoffscreen.so
     ${PLUGINS}/platforms/libqwayland*.so
     ${PLUGINS}/xcbglintegrations/*.so
     ${PLUGINS}/wayland-decoration-client/*.so
     ${PLUGINS}/wayland-graphics-integration-client/*.so
     ${PLUGINS}/wayland-shell-integration/*.so
     ${PLUGINS}/iconengines/libqsvgicon.so
     ${PLUGINS}/imageformats/libqsvg.so
     ${PLUGINS}/multimedia/libffmpegmediaplugin.so
     ${PLUGINS}/platforminputcontexts/*.so)
foreach(plugin ${plugins})
  get_filename_component(folder ${plugin} DIRECTORY)
  file(COPY ${PLUGINS}/${plugin} DESTINATION ${target}/plugins/${folder})
endforeach()
list(TRANSFORM plugins PREPEND ${target}/plugins/ OUTPUT_VARIABLE modules)
file(WRITE ${target}/qt.conf "[Paths]\nPrefix = .\nPlugins = plugins\n")

set(system_libraries
    "ld-linux" "libc\\." "libm\\." "libdl\\." "librt\\." "libpthread\\." "libresolv\\." "libutil\\." "libanl\\." "libmvec\\."
    "libstdc\\+\\+" "libgcc_s" "libgomp" "libGL" "libEGL" "libOpenGL" "libdrm" "libgbm" "libvulkan" "libcuda" "libnvidia")
list(JOIN system_libraries "|" pattern)
file(GET_RUNTIME_DEPENDENCIES
     EXECUTABLES ${programs}
     MODULES ${modules}
     DIRECTORIES ${LIBTORCH}/lib ${target}
     RESOLVED_DEPENDENCIES_VAR libraries
     UNRESOLVED_DEPENDENCIES_VAR missing
     PRE_EXCLUDE_REGEXES "^(${pattern})"
     POST_EXCLUDE_REGEXES "^${LIBTORCH}/" "/nvidia/")
if(missing)
  message(FATAL_ERROR "bundle: these libraries are missing: ${missing}")
endif()
foreach(library ${libraries})
  # By the name that other libraries call it, and without a search path of its own, which would replace that of the programs.
  get_filename_component(name ${library} NAME)
  get_filename_component(file ${library} REALPATH)
  file(COPY_FILE ${file} ${target}/${name})
  file(RPATH_REMOVE FILE ${target}/${name})
endforeach()
list(LENGTH libraries count)
message(STATUS "${count} libraries and the plugins of Qt are in ${target}")
