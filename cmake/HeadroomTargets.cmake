# Flags that everything of ours is built with.
add_library(headroom_flags INTERFACE)
target_compile_options(headroom_flags INTERFACE -Wall -Wextra -Wshadow $<$<BOOL:${HEADROOM_WERROR}>:-Werror>)
target_include_directories(headroom_flags INTERFACE ${PROJECT_SOURCE_DIR})
if(HEADROOM_SANITIZE)
  target_compile_options(headroom_flags INTERFACE -fsanitize=${HEADROOM_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(headroom_flags INTERFACE -fsanitize=${HEADROOM_SANITIZE})
endif()

# headroom_room(TARGET NAME): the sources of one room, core/NAME, become part of TARGET.
function(headroom_room target name)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/core/${name}/*.cpp)
  target_sources(${target} PRIVATE ${sources})
endfunction()
