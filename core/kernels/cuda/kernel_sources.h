// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

namespace headroom {

/// A source file or header of CUDA kernels.
struct EmbeddedFile {
    std::string path; ///< as in #include: "core/kernels/cuda/convolution.cu"
    std::string text;
};

/// The *.cu and *.cuh files of this folder, as they were when Headroom was built. Any thread.
const std::vector<EmbeddedFile>& embeddedFiles();

} // namespace headroom
