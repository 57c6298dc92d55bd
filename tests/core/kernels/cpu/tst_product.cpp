// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/product.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

using namespace headroom;

/// Products without tiles, which run on every CPU.
class TestProduct : public QObject {
    Q_OBJECT

    template <class T>
    static Matrix<T> matrixOf(const at::Tensor& stored, bool transposed) {
        return {stored.const_data_ptr<T>(), stored.size(1), transposed};
    }

    /// Operands of type T, plain and transposed; without and with accumulation.
    template <class T, class S>
    static void checkProduct(at::ScalarType stored, at::ScalarType summed, double tolerance,
                             ProductForm form = ProductForm::Blas, std::int64_t m = 19, std::int64_t n = 33) {
        constexpr std::int64_t k = 45;
        for (const bool leftTransposed : {false, true}) {
            for (const bool rightTransposed : {false, true}) {
                const at::Tensor a =
                    (leftTransposed ? at::randn({k, m}, at::kDouble) : at::randn({m, k}, at::kDouble))
                        .to(stored);
                const at::Tensor b =
                    (rightTransposed ? at::randn({n, k}, at::kDouble) : at::randn({k, n}, at::kDouble))
                        .to(stored);
                PackedMatrix<S> left(Side::Left, form);
                PackedMatrix<S> right(Side::Right, form);
                left.pack(matrixOf<T>(a, leftTransposed), m, k);
                right.pack(matrixOf<T>(b, rightTransposed), n, k);
                const at::Tensor c = at::empty({m, n + 2}, summed);
                multiply(left, right, c.mutable_data_ptr<S>(), n + 2, false);
                multiply(left, right, c.mutable_data_ptr<S>(), n + 2, true);
                const at::Tensor exactLeft = (leftTransposed ? a.t() : a).to(at::kDouble);
                const at::Tensor exactRight = (rightTransposed ? b.t() : b).to(at::kDouble);
                const at::Tensor expected = 2 * at::matmul(exactLeft, exactRight);
                const at::Tensor found = c.narrow(1, 0, n).to(at::kDouble);
                QVERIFY((found - expected).abs().max().item<double>() < tolerance);
            }
        }
    }

private Q_SLOTS:
    void multipliesDouble() { checkProduct<double, double>(at::kDouble, at::kDouble, 1e-12); }
    void multipliesFloat() { checkProduct<float, float>(at::kFloat, at::kFloat, 1e-4); }
    void widensBfloat16WithoutTiles() { checkProduct<at::BFloat16, float>(at::kBFloat16, at::kFloat, 1e-4); }

    /// One row, and one and several blocks of columns.
    void multipliesBlocks() {
        for (const std::int64_t m : {1, 19})
            for (const std::int64_t n : {1, 33, 64, 128, 150}) {
                checkProduct<float, float>(at::kFloat, at::kFloat, 1e-4, ProductForm::Blocks, m, n);
                checkProduct<at::BFloat16, float>(at::kBFloat16, at::kFloat, 1e-4, ProductForm::Blocks, m, n);
            }
    }

    /// As projections of several sides are, in a vector that grows.
    void canBeMoved() {
        const at::Tensor a = at::randn({3, 20});
        const at::Tensor b = at::randn({20, 70});
        PackedMatrix<float> left(Side::Left, ProductForm::Blocks);
        PackedMatrix<float> right(Side::Right, ProductForm::Blocks);
        left.pack(matrixOf<float>(a, false), 3, 20);
        right.pack(matrixOf<float>(b, false), 70, 20);
        const PackedMatrix<float> moved = std::move(right);
        const at::Tensor c = at::empty({3, 70});
        multiply(left, moved, c.mutable_data_ptr<float>(), 70, false);
        QVERIFY(at::allclose(c, at::matmul(a, b), 1e-4, 1e-4));
    }
};

HEADROOM_TEST_MAIN(TestProduct)
#include "tst_product.moc"
