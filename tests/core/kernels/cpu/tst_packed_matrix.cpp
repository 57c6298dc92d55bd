// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/bfloat16_tiles.h"
#include "core/kernels/cpu/packed_matrix.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <random>

using namespace headroom;

namespace {

/// A random matrix stored as part of a wider one, plain or transposed.
struct Stored {
    Stored(std::int64_t rows, std::int64_t columns, at::ScalarType type, bool isTransposed)
        : memory(at::randn({isTransposed ? columns : rows, (isTransposed ? rows : columns) + 5}).to(type)),
          transposed(isTransposed), width(isTransposed ? rows : columns) {}

    template <class T>
    Matrix<T> matrix() const {
        return {memory.const_data_ptr<T>(), memory.size(1), transposed};
    }
    void packInto(PackedTiles& factor, std::int64_t outer, std::int64_t inner) const {
        if (memory.scalar_type() == at::kFloat)
            factor.pack(matrix<float>(), outer, inner);
        else
            factor.pack(matrix<at::BFloat16>(), outer, inner);
    }
    /// Rounded to bfloat16.
    at::Tensor values() const {
        const at::Tensor exact = memory.narrow(1, 0, width).to(at::kBFloat16).to(at::kDouble);
        return transposed ? exact.t() : exact;
    }

    at::Tensor memory;
    bool transposed;
    std::int64_t width;
};

} // namespace

class TestPackedTiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
#ifdef HEADROOM_EMULATED_TILES
        if (!__builtin_cpu_supports("avx512bf16"))
            QSKIP("this CPU has no AVX-512 BF16, which packs the tiles");
#else
        if (!hasBfloat16Tiles())
            QSKIP("this CPU has no AMX tiles");
#endif
    }

    /// Full and partial tiles, float and bfloat16, plain and transposed, with and without accumulation.
    /// Checks that memory next to c is unchanged.
    void matchesLibTorchMatmul() {
        std::mt19937 generator(5);
        const auto draw = [&](std::int64_t low, std::int64_t high) {
            return std::uniform_int_distribution<std::int64_t>(low, high)(generator);
        };
        for (int round = 0; round < 400; ++round) {
            const bool isWhole = round % 4 == 0;
            const std::int64_t m = isWhole ? 16 * draw(1, 5) : draw(1, 80);
            const std::int64_t n = isWhole ? 16 * draw(1, 5) : draw(1, 80);
            const std::int64_t k = isWhole ? 32 * draw(1, 4) : draw(1, 130);
            const auto type = draw(0, 1) == 1 ? at::kFloat : at::kBFloat16;
            const Stored a(m, k, type, draw(0, 1) == 1);
            const Stored b(k, n, type, draw(0, 1) == 1);
            const bool accumulate = draw(0, 1) == 1;
            PackedTiles left(Side::Left);
            PackedTiles right(Side::Right);
            a.packInto(left, m, k);
            b.packInto(right, n, k);
            const at::Tensor before = at::randn({m + 1, n + 3});
            const at::Tensor c = before.clone();
            multiply(left, right, c.mutable_data_ptr<float>(), c.size(1), accumulate);
            at::Tensor expected = before.to(at::kDouble);
            at::Tensor inside = expected.narrow(0, 0, m).narrow(1, 0, n);
            inside.copy_(at::matmul(a.values(), b.values()) + (accumulate ? 1 : 0) * inside);
            const double error = (c.to(at::kDouble) - expected).abs().max().item<double>();
            const QString where = QString("%1 x %2 x %3, %4 %5 %6").arg(m).arg(n).arg(k).arg(a.transposed);
            QVERIFY2(error < 1e-4, qPrintable(where.arg(b.transposed).arg(accumulate)));
            QVERIFY(at::equal(c.narrow(0, m, 1), before.narrow(0, m, 1)));
            QVERIFY(at::equal(c.narrow(1, n, 3), before.narrow(1, n, 3)));
        }
    }

    /// A matrix may be smaller or larger than the previous one.
    void canPackRepeatedly() {
        PackedTiles left(Side::Left);
        PackedTiles right(Side::Right);
        for (const std::int64_t size : {70, 17, 90}) {
            const Stored a(size, size, at::kFloat, false);
            a.packInto(left, size, size);
            a.packInto(right, size, size);
            const at::Tensor c = at::empty({size, size});
            multiply(left, right, c.mutable_data_ptr<float>(), size, false);
            const at::Tensor expected = at::matmul(a.values(), a.values());
            QVERIFY((c.to(at::kDouble) - expected).abs().max().item<double>() < 1e-4);
        }
    }
};

HEADROOM_TEST_MAIN(TestPackedTiles)
#include "tst_packed_matrix.moc"
