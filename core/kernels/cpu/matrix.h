// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace headroom {

/// View of a row-major matrix in memory, or of its transpose.
template <class S>
struct Matrix {
    const S* data;
    std::int64_t stride; ///< between rows, as stored
    bool isTransposed = false;

    Matrix transposed() const { return {data, stride, !isTransposed}; }
};

} // namespace headroom
