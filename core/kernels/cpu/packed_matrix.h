#pragma once

#include "core/kernels/cpu/aligned_memory.h"
#include "core/kernels/cpu/matrix.h"

#include <c10/util/BFloat16.h>

#include <cstdint>

/// Products of bfloat16 matrices by the tiles (AMX) of recent processors. BLAS has them too, but lays out
/// both factors anew for each product: at a mixer's sizes it was measured at 0.2 to 0.6 TFLOP/s where these
/// reach 0.7 to 1.
namespace headroom {

/// Which factor of a product.
enum class Side { Left, Right };

/// A factor of products, rounded to the nearest bfloat16 (below 1e-38: to zero) and laid out as tiles in
/// memory of its own. Only where hasBfloat16Tiles().
class PackedTiles {
public:
    explicit PackedTiles(Side side) : side_(side) {}

    /// @param outer rows of a left factor, columns of a right one
    /// @param inner what products add up over
    void take(Matrix<float> matrix, std::int64_t outer, std::int64_t inner);
    void take(Matrix<c10::BFloat16> matrix, std::int64_t outer, std::int64_t inner);

    std::int64_t outer() const { return outer_; }
    std::int64_t inner() const { return inner_; }
    /// The tiles of the 16 rows or columns that begin at 16 times `index`.
    const std::uint16_t* strip(std::int64_t index) const;

private:
    void makeRoom(std::int64_t outer, std::int64_t inner);

    Side side_;
    std::int64_t outer_ = 0;
    std::int64_t inner_ = 0;
    AlignedVector<std::uint16_t> tiles_; ///< strip by strip, each [ceil(inner / 32), 16, 32]
};

/// c = left right + (accumulate ? c : 0), added up in float32; c [left.outer(), right.outer()] with `stride`
/// between rows.
void multiply(const PackedTiles& left, const PackedTiles& right, float* c, std::int64_t stride,
              bool accumulate);

} // namespace headroom
