// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/band_mask.h"
#include "tests/core/kernels/cuda/token_checks.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;
using Order = EmulatedBlock::Order;

namespace {

struct Sizes {
    std::int64_t bands;
    std::int64_t batch;
    std::int64_t frames;
    std::int64_t width;
    std::int64_t channels;
};

/// [bands, batch, frames, width * channels * 2] as [batch, channels, frames, bands * width, 2].
at::Tensor byBin(const at::Tensor& rows, std::int64_t channels) {
    return rows.unflatten(3, {-1, channels, 2}).permute({1, 4, 2, 0, 3, 5}).flatten(3, 4);
}

} // namespace

/// Masks by CUDA kernels, emulated, against LibTorch in float64.
class TestBandMask : public QObject {
    Q_OBJECT

    static void check(const Sizes& sizes, at::ScalarType type, Order order) {
        const EmulatedKernels kernels(order);
        const at::Tensor x =
            at::randn({sizes.bands, sizes.batch, sizes.frames, 4 * sizes.width * sizes.channels}).to(type);
        const at::Tensor input = leaf(x);
        const at::Tensor expected = byBin(at::glu(input, -1), sizes.channels);
        QVERIFY(isSummedInFloat(bandMaskForward(x, sizes.channels), expected));

        // As autograd gives it: a part of the gradient of the masks of all bands.
        const auto bins = sizes.bands * sizes.width;
        const at::Tensor gradient =
            at::randn({sizes.batch, sizes.channels, sizes.frames, bins + 7, 2}).narrow(3, 3, bins);
        expected.backward(gradient.to(at::kDouble));
        QVERIFY(isExact(bandMaskBackward(x, gradient), input.grad(), type));
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    void agreesWithLibTorch_data() {
        QTest::addColumn<QList<int>>("sizes");
        QTest::newRow("one bin") << QList<int>{1, 1, 1, 1, 1};
        QTest::newRow("narrow bands") << QList<int>{5, 2, 3, 2, 2};
        QTest::newRow("wide bands") << QList<int>{2, 1, 2, 129, 2};
        QTest::newRow("several blocks a frame") << QList<int>{3, 1, 2, 100, 1};
        QTest::newRow("three channels") << QList<int>{2, 2, 2, 5, 3};
    }
    void agreesWithLibTorch() {
        QFETCH(const QList<int>, sizes);
        for (const at::ScalarType type : {at::kBFloat16, at::kFloat})
            for (const Order order : allOrders)
                check({sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]}, type, order);
    }

    void agreesAtRandomSizes() {
        std::mt19937_64 random(chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 10; ++i)
            check({draw(1, 6), draw(1, 3), draw(1, 9), draw(1, 140), draw(1, 3)},
                  draw(0, 1) == 0 ? at::kBFloat16 : at::kFloat, static_cast<Order>(draw(0, 2)));
    }
};

HEADROOM_TEST_MAIN(TestBandMask)
#include "tst_band_mask.moc"
