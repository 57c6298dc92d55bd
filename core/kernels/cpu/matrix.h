#pragma once

#include <cstdint>

namespace headroom {

/// A row-major matrix in memory, or (transposed) the transpose of one.
template <class S>
struct Matrix {
    const S* data;
    std::int64_t stride; ///< between rows, as stored
    bool isTransposed = false;

    Matrix transposed() const { return {data, stride, !isTransposed}; }
};

} // namespace headroom
