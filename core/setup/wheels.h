// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// A file of a package index (PyPI or a mirror of it). Its digest is fixed, so that it does not matter who
/// delivers it.
struct Wheel {
    std::string project; ///< "nvidia-cublas"
    std::string file;    ///< "nvidia_cublas-13.1.0.3-py3-none-manylinux_2_27_x86_64.whl"
    std::string sha256;
    std::int64_t bytes = 0;    ///< of the file
    std::int64_t unpacked = 0; ///< about, of what is unpacked from it
};

/// The wheels of which LibTorch consists. PyPI only has the build for CUDA, whose CPU library needs two small
/// libraries of CUDA.
/// @param cuda with the libraries for cards; otherwise only what computing on the CPU needs
std::vector<Wheel> libTorchWheels(bool cuda);

/// Whether an entry of a wheel is unpacked: libraries, the header with the version, and licenses, but nothing
/// of Python.
/// @param cuda as for libTorchWheels()
bool isUnpacked(std::string_view entry, bool cuda);

} // namespace headroom
