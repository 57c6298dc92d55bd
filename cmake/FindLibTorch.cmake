# LibTorch as the PyTorch wheel ships it, without the CUDA toolkit that Torch's own config insists on.
#
#   HEADROOM_LIBTORCH  folder with include/ and lib/ (a wheel's "torch" folder, or a LibTorch zip), as a CMake or
#                      an environment variable; without it, the wheel that ./run keeps in the user's cache folder.
#   LibTorch::LibTorch the target. libtorch and libtorch_cuda register their kernels when loaded and export nothing
#                      that we name, so the linker must not drop them: hence --no-as-needed.
if(NOT HEADROOM_LIBTORCH AND DEFINED ENV{HEADROOM_LIBTORCH})
  set(HEADROOM_LIBTORCH $ENV{HEADROOM_LIBTORCH})
endif()
if(NOT HEADROOM_LIBTORCH)
  if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
    set(_cache $ENV{XDG_CACHE_HOME})
  else()
    set(_cache $ENV{HOME}/.cache)
  endif()
  file(GLOB HEADROOM_LIBTORCH ${_cache}/headroom/torch-2.11.0/lib/python3*/site-packages/torch)
endif()
set(HEADROOM_LIBTORCH "${HEADROOM_LIBTORCH}" CACHE PATH "Folder with LibTorch's include/ and lib/" FORCE)

find_path(LibTorch_INCLUDE_DIR ATen/ATen.h PATHS ${HEADROOM_LIBTORCH}/include NO_DEFAULT_PATH)
find_library(LibTorch_torch_LIBRARY torch PATHS ${HEADROOM_LIBTORCH}/lib NO_DEFAULT_PATH)
find_library(LibTorch_torch_cpu_LIBRARY torch_cpu PATHS ${HEADROOM_LIBTORCH}/lib NO_DEFAULT_PATH)
find_library(LibTorch_c10_LIBRARY c10 PATHS ${HEADROOM_LIBTORCH}/lib NO_DEFAULT_PATH)
find_library(LibTorch_torch_cuda_LIBRARY torch_cuda PATHS ${HEADROOM_LIBTORCH}/lib NO_DEFAULT_PATH)
mark_as_advanced(LibTorch_INCLUDE_DIR LibTorch_torch_LIBRARY LibTorch_torch_cpu_LIBRARY LibTorch_c10_LIBRARY
                 LibTorch_torch_cuda_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  LibTorch
  REQUIRED_VARS LibTorch_torch_LIBRARY LibTorch_torch_cpu_LIBRARY LibTorch_c10_LIBRARY LibTorch_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Run ./run test once, which fetches it, or set HEADROOM_LIBTORCH to its folder.")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  set(_libraries ${LibTorch_torch_LIBRARY} ${LibTorch_torch_cpu_LIBRARY} ${LibTorch_c10_LIBRARY})
  if(LibTorch_torch_cuda_LIBRARY)
    list(APPEND _libraries ${LibTorch_torch_cuda_LIBRARY})
  endif()
  list(JOIN _libraries "," _joined)
  add_library(LibTorch::LibTorch INTERFACE IMPORTED)
  # The wheel brings headers of other libraries (fmt, protobuf) in versions that it does not bring to link: after
  # the system's own, so that ours are found first.
  target_compile_options(
    LibTorch::LibTorch
    INTERFACE "SHELL:-idirafter ${LibTorch_INCLUDE_DIR}"
              "SHELL:-idirafter ${LibTorch_INCLUDE_DIR}/torch/csrc/api/include")
  # LibTorch was built with NDEBUG; without it, its headers give some of its classes members more.
  target_compile_definitions(LibTorch::LibTorch INTERFACE $<$<NOT:$<CONFIG:Release>>:NDEBUG>)
  # From version 13 on, GCC sees an access out of range in std::vector<bool>, inlined from autograd's Function::apply.
  target_compile_options(
    LibTorch::LibTorch
    INTERFACE $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_GREATER_EQUAL:$<CXX_COMPILER_VERSION>,13>>:-Wno-array-bounds>)
  # libtorch.so exports the parts of a C++ library (std::filesystem) of another version than ours, which crash when
  # called by us: the system's C++ library comes first, so that every program finds its own there.
  target_link_libraries(LibTorch::LibTorch
                        INTERFACE "-Wl,--push-state,--no-as-needed,-lstdc++,${_joined},--pop-state")
  target_link_options(LibTorch::LibTorch INTERFACE "-Wl,-rpath,${HEADROOM_LIBTORCH}/lib")
endif()
