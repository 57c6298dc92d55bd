# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is installed, and the target "packages", which `./run package` builds: a Debian package, and an archive for other systems,
# to which bundle.cmake adds libraries. Both are in the folder "packages" of the build folder.
#
#   bin/headroom, bin/headroom-studio   the starter, which finds LibTorch
#   lib/headroom                        the programs; in the archive also the libraries that they need
#   share                               presets, manual, completions, and what a desktop reads
#
# All paths are relative, so that the folder can be moved.
set(HEADROOM_MAINTAINER "The Headroom authors <headroom@example.org>" CACHE STRING "Maintainer of the Debian package")

set(installed_programs headroom)
if(TARGET headroom-studio)
  list(APPEND installed_programs headroom-studio headroom-studio-setup)
endif()
# An RPATH rather than a RUNPATH: it also holds for the libraries of the libraries.
set_target_properties(${installed_programs} PROPERTIES INSTALL_RPATH $ORIGIN)
set_target_properties(headroom-starter PROPERTIES INSTALL_RPATH $ORIGIN/../lib/headroom)
foreach(program ${installed_programs} headroom-starter)
  target_link_options(${program} PRIVATE -Wl,--disable-new-dtags)
endforeach()
add_custom_target(installed DEPENDS ${installed_programs} headroom-starter reference $<TARGET_NAME_IF_EXISTS:headroom_nccl>
                            $<TARGET_NAME_IF_EXISTS:headroom_memory_limit>)

install(TARGETS ${installed_programs} DESTINATION lib/headroom)
if(TARGET headroom_nccl)
  set_target_properties(headroom_nccl headroom_memory_limit PROPERTIES BUILD_WITH_INSTALL_RPATH ON) # what they need is loaded before them
  install(TARGETS headroom_nccl headroom_memory_limit LIBRARY DESTINATION lib/headroom)
  foreach(program ${installed_programs})
    set_property(TARGET ${program} APPEND PROPERTY BUILD_RPATH $<TARGET_FILE_DIR:headroom_nccl>)
  endforeach()
endif()
install(TARGETS headroom-starter DESTINATION bin)
install(DIRECTORY configs/ DESTINATION share/headroom/configs)

set(reference ${PROJECT_BINARY_DIR}/app/reference)
install(FILES ${reference}/headroom.bash DESTINATION share/bash-completion/completions RENAME headroom)
install(FILES ${reference}/_headroom DESTINATION share/zsh/vendor-completions)
install(FILES ${reference}/headroom.fish DESTINATION share/fish/vendor_completions.d)
set(manuals ${reference}/headroom.1)

set(resources ${PROJECT_SOURCE_DIR}/resources)
if(TARGET headroom-studio)
  install(CODE "file(CREATE_LINK headroom \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/bin/headroom-studio\" SYMBOLIC)")
  install(FILES ${resources}/linux/headroom.desktop DESTINATION share/applications)
  install(FILES ${resources}/linux/headroom.metainfo.xml DESTINATION share/metainfo)
  install(FILES ${resources}/linux/headroom.xml DESTINATION share/mime/packages)
  install(FILES ${resources}/icons/headroom.svg DESTINATION share/icons/hicolor/scalable/apps)
  list(APPEND manuals ${reference}/headroom-studio.1)
endif()

# The system that the Debian package is for: its libraries are those that it was built with.
set(system linux)
if(EXISTS /etc/os-release)
  file(STRINGS /etc/os-release release REGEX "^(ID|VERSION_ID)=")
  string(REGEX REPLACE ".*(^|;)ID=\"?([a-z]+).*" "\\2" id "${release}")
  string(REGEX REPLACE ".*VERSION_ID=\"?([0-9.]+).*" "\\1" number "${release}")
  set(system ${id}${number})
  string(REPLACE debian deb system ${system})
endif()
set(package_release 1~${system})

# Debian requires compressed texts, without a time in the file.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${resources}/linux/changelog.Debian.in ${PROJECT_BINARY_DIR}/changelog.Debian @ONLY)
configure_file(CHANGELOG.md ${PROJECT_BINARY_DIR}/changelog COPYONLY)
set(texts ${PROJECT_BINARY_DIR}/changelog.Debian ${PROJECT_BINARY_DIR}/changelog)
install(CODE "
  function(install_compressed folder)
    file(MAKE_DIRECTORY \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/\${folder}\")
    foreach(text \${ARGN})
      get_filename_component(name \${text} NAME)
      execute_process(COMMAND gzip -9nc \${text} COMMAND_ERROR_IS_FATAL ANY
                      OUTPUT_FILE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/\${folder}/\${name}.gz\")
    endforeach()
  endfunction()
  install_compressed(share/man/man1 ${manuals})
  install_compressed(share/doc/headroom ${texts})")
install(FILES ${resources}/linux/copyright README.md DESTINATION share/doc/headroom)
install(FILES LICENSES/GPL-3.0-or-later.txt DESTINATION share/headroom RENAME LICENSE)

# ------------------------------------------------------------ Debian

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME headroom)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT ${HEADROOM_MAINTAINER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "train music separation on the card that you have")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Headroom trains models that separate music into stems, within the memory
of your graphics card. It forecasts what a training step takes, trains,
scores and separates, in a window and on the command line.

It computes with LibTorch, which the command headroom setup downloads from
PyPI into your cache folder.")
set(CPACK_DEBIAN_PACKAGE_RELEASE ${package_release})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION sound)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${HEADROOM_LIBTORCH}/lib) # found, and no dependency
set(CPACK_DEBIAN_PACKAGE_DEPENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, qt6-translations-l10n")
set(CPACK_STRIP_FILES ON)
include(CPack)

# ------------------------------------------------------------ both

set(packages ${PROJECT_BINARY_DIR}/packages)
set(archive headroom-${PROJECT_VERSION}-linux-x86_64)
add_custom_target(
  packages
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${packages}
  COMMAND ${CMAKE_CPACK_COMMAND} --config ${PROJECT_BINARY_DIR}/CPackConfig.cmake -B ${packages}
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${packages}/_CPack_Packages
  COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${packages}/${archive} --strip
  COMMAND ${CMAKE_COMMAND} -D FOLDER=${packages}/${archive} -D LIBTORCH=${HEADROOM_LIBTORCH}
          -D PLUGINS=${QT6_INSTALL_PREFIX}/${QT6_INSTALL_PLUGINS} -P ${PROJECT_SOURCE_DIR}/cmake/bundle.cmake
  COMMAND ${CMAKE_COMMAND} -E chdir ${packages} ${CMAKE_COMMAND} -E tar cJf ${archive}.tar.xz ${archive}
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${packages}/${archive}
  VERBATIM)
add_dependencies(packages installed)
