# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Finds LibTorch in a PyTorch wheel. Unlike Torch's own configuration file, it does not require the CUDA toolkit.
#
#   HEADROOM_LIBTORCH   folder with include/ and lib/ (the "torch" folder of a wheel, or a LibTorch archive), as a CMake
#                       or environment variable. Default: the wheel that ./run keeps in the user's cache folder.
#   LibTorch::Cpu       the imported target that the programs link. They load libtorch_cuda.so themselves, on machines with an
#                       NVIDIA driver; see core/model/cuda_library.h.
#   LibTorch::LibTorch  with the libraries for cards, for tests and benchmarks, which use LibTorch without starting the engine.
#                       libtorch_cuda registers its kernels when loaded, but the code references no symbol of it:
#                       --no-as-needed keeps the linker from dropping it.
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

set(_version_header ${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h)
if(LibTorch_INCLUDE_DIR AND EXISTS ${_version_header})
  file(STRINGS ${_version_header} _version REGEX "^#define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
  list(TRANSFORM _version REPLACE "[^0-9]" "")
  list(JOIN _version "." LibTorch_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  LibTorch
  REQUIRED_VARS LibTorch_torch_LIBRARY LibTorch_torch_cpu_LIBRARY LibTorch_c10_LIBRARY LibTorch_INCLUDE_DIR
  VERSION_VAR LibTorch_VERSION
  HANDLE_VERSION_RANGE
  REASON_FAILURE_MESSAGE "Run ./run test once to download it, or set HEADROOM_LIBTORCH to its folder.")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  add_library(LibTorch::Cpu INTERFACE IMPORTED)
  add_library(LibTorch::LibTorch INTERFACE IMPORTED)
  # The wheel includes headers of other libraries (fmt, protobuf) without the libraries themselves. -idirafter makes
  # the compiler prefer the system's headers.
  target_compile_options(
    LibTorch::Cpu
    INTERFACE "SHELL:-idirafter ${LibTorch_INCLUDE_DIR}"
              "SHELL:-idirafter ${LibTorch_INCLUDE_DIR}/torch/csrc/api/include")
  # LibTorch was built with NDEBUG; without it, some classes in its headers have additional members.
  target_compile_definitions(LibTorch::Cpu INTERFACE $<$<NOT:$<CONFIG:Release>>:NDEBUG>)
  # Since version 13, GCC reports a false out-of-range access in std::vector<bool>, inlined from autograd's Function::apply,
  # and since 14 also a false overflow.
  target_compile_options(
    LibTorch::Cpu
    INTERFACE
      "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_GREATER_EQUAL:$<CXX_COMPILER_VERSION>,13>>:-Wno-array-bounds;-Wno-stringop-overflow>"
  )
  # libtorch.so exports symbols of a different version of the C++ library (std::filesystem), which crash if called from
  # here. Linking the system's C++ library first makes programs use that.
  target_link_libraries(
    LibTorch::Cpu
    INTERFACE "-Wl,--push-state,--no-as-needed,-lstdc++,${LibTorch_torch_cpu_LIBRARY},${LibTorch_c10_LIBRARY},--pop-state")
  set(_all ${LibTorch_torch_LIBRARY})
  if(LibTorch_torch_cuda_LIBRARY)
    list(APPEND _all ${LibTorch_torch_cuda_LIBRARY})
  endif()
  list(JOIN _all "," _all)
  target_link_libraries(LibTorch::LibTorch INTERFACE "-Wl,--push-state,--no-as-needed,-lstdc++,${_all},--pop-state"
                                                     LibTorch::Cpu)
  # In the build folder only: installed programs get the folder from their starter.
  list(APPEND CMAKE_BUILD_RPATH ${HEADROOM_LIBTORCH}/lib)
endif()
