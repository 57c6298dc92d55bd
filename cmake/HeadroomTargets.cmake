# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Compiler flags of all Headroom targets.
add_library(headroom_flags INTERFACE)
target_compile_options(headroom_flags INTERFACE -Wall -Wextra $<$<BOOL:${HEADROOM_WERROR}>:-Werror>)
if(HEADROOM_JOIN_ROOMS)
  # The sources of a room see each other's unnamed namespaces, and GCC takes them for headers, which should have none.
  target_compile_options(headroom_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
else()
  target_compile_options(headroom_flags INTERFACE -Wshadow)
endif()
# Clang warns if it cannot vectorize a loop with a pragma, which is not an error.
target_compile_options(headroom_flags INTERFACE $<$<CXX_COMPILER_ID:Clang>:-Wno-pass-failed>)
# GCC 12 reports false out-of-range accesses in instrumented code of its own library.
if(HEADROOM_SANITIZE)
  target_compile_options(headroom_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>)
endif()
target_include_directories(headroom_flags INTERFACE ${PROJECT_SOURCE_DIR})
if(HEADROOM_SANITIZE)
  target_compile_options(headroom_flags INTERFACE -fsanitize=${HEADROOM_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(headroom_flags INTERFACE -fsanitize=${HEADROOM_SANITIZE})
endif()

# headroom_room(TARGET FOLDER): the sources of a room, such as core/audio or ui/theme, become part of TARGET.
function(headroom_room target folder)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  if(HEADROOM_JOIN_ROOMS)
    # Clang's analyzer follows calls only within the main file, or within the includes of a file with this name.
    string(REPLACE "/" "_" room ${folder})
    list(TRANSFORM sources REPLACE "(.+)" "#include \"\\1\"\n" OUTPUT_VARIABLE includes)
    list(JOIN includes "" includes)
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/UnifiedSource_${room}.cpp)
    file(GENERATE OUTPUT ${sources} CONTENT "${includes}")
  endif()
  target_sources(${target} PRIVATE ${sources})
endfunction()
