# Flags that everything of ours is built with.
add_library(headroom_flags INTERFACE)
target_compile_options(headroom_flags INTERFACE -Wall -Wextra -Wshadow $<$<BOOL:${HEADROOM_WERROR}>:-Werror>)
# Clang tells where it could not vectorise a loop that asks for it; that is no fault of the code.
target_compile_options(headroom_flags INTERFACE $<$<CXX_COMPILER_ID:Clang>:-Wno-pass-failed>)
# GCC 12 sees out-of-range accesses in instrumented code of its own library.
if(HEADROOM_SANITIZE)
  target_compile_options(headroom_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>)
endif()
target_include_directories(headroom_flags INTERFACE ${PROJECT_SOURCE_DIR})
if(HEADROOM_SANITIZE)
  target_compile_options(headroom_flags INTERFACE -fsanitize=${HEADROOM_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(headroom_flags INTERFACE -fsanitize=${HEADROOM_SANITIZE})
endif()

# headroom_room(TARGET NAME): the sources of one room, core/NAME, become part of TARGET.
function(headroom_room target name)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/core/${name}/*.cpp)
  if(HEADROOM_JOIN_ROOMS)
    string(REPLACE "/" "_" room ${name})
    # Clang's analyzer follows only what the main file defines, or what a file of this name includes.
    list(TRANSFORM sources REPLACE "(.+)" "#include \"\\1\"\n" OUTPUT_VARIABLE includes)
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/UnifiedSource_${room}.cpp)
    file(WRITE ${sources} ${includes})
  endif()
  target_sources(${target} PRIVATE ${sources})
endfunction()
