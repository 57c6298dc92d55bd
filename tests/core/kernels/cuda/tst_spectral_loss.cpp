// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/spectral_loss.h"
#include "tests/core/kernels/cuda/token_checks.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;
using Order = EmulatedBlock::Order;

/// The CUDA kernels of the loss, emulated, against LibTorch in float64.
class TestSpectralLoss : public QObject {
    Q_OBJECT

    /// The gradient of weight * sum |X| is the unscaled inverse transform of the result.
    static void checkModuli(std::int64_t frames, std::int64_t nFft, Order order) {
        const EmulatedKernels kernels(order);
        const at::Tensor signal = leaf(at::randn({2, frames, nFft}));
        const at::Tensor exact = at::fft_rfft(signal);
        const at::Tensor sum = exact.abs().sum();
        (sum * 0.3).backward();

        at::Tensor spectrum = exact.detach().to(at::kComplexFloat);
        const at::Tensor before = spectrum.clone();
        QVERIFY(isSummedInFloat(sumModuli(spectrum, nFft, 0), sum));
        QVERIFY(spectrum.equal(before));
        QVERIFY(isSummedInFloat(sumModuli(spectrum, nFft, 0.3), sum));
        const at::Tensor gradient = at::fft_irfft(spectrum.to(at::kComplexDouble), nFft, -1, "forward");
        QVERIFY(isSummedInFloat(gradient.to(at::kFloat), signal.grad()));
    }

    static void checkFrames(std::int64_t rows, std::int64_t count, std::int64_t width, std::int64_t hop,
                            Order order) {
        const EmulatedKernels kernels(order);
        const at::Tensor frames = at::randn({rows, count, width + 3}).narrow(2, 0, width);
        const at::Tensor window = at::randn({width});
        const auto samples = hop * (count - 1) + width;
        const at::Tensor sums = at::randn({rows, samples + 9});
        at::Tensor expected = sums.to(at::kDouble);
        for (std::int64_t i = 0; i < count; ++i)
            expected.narrow(1, 5 + i * hop, width) += frames.select(1, i).to(at::kDouble) * window;
        addFrames(frames, window, hop, sums.narrow(1, 5, samples));
        QVERIFY(isSummedInFloat(sums, expected));
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    void moduli_data() {
        QTest::addColumn<int>("frames");
        QTest::addColumn<int>("nFft");
        QTest::newRow("one number") << 1 << 1;
        QTest::newRow("odd length") << 3 << 301;
        QTest::newRow("even length") << 5 << 64;
        QTest::newRow("several blocks") << 9 << 2048;
    }
    void moduli() {
        QFETCH(const int, frames);
        QFETCH(const int, nFft);
        for (const Order order : allOrders)
            checkModuli(frames, nFft, order);
    }

    void frames_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("hop");
        QTest::newRow("one frame") << 1 << 100 << 30;
        QTest::newRow("ragged") << 20 << 100 << 30;
        QTest::newRow("multiple of the hop") << 7 << 96 << 32;
        QTest::newRow("gaps") << 5 << 20 << 33;
    }
    void frames() {
        QFETCH(const int, count);
        QFETCH(const int, width);
        QFETCH(const int, hop);
        for (const Order order : allOrders)
            checkFrames(3, count, width, hop, order);
    }

    void agreeAtRandomSizes() {
        std::mt19937_64 random(chosenSeed());
        at::manual_seed(random());
        const auto draw = [&](std::int64_t first, std::int64_t last) {
            return std::uniform_int_distribution<std::int64_t>(first, last)(random);
        };
        for (int i = 0; i < 10; ++i) {
            const auto order = static_cast<Order>(draw(0, 2));
            checkModuli(draw(1, 9), draw(2, 700), order);
            checkFrames(draw(1, 3), draw(1, 30), draw(1, 300), draw(1, 200), order);
        }
    }

    void silenceHasNoGradient() {
        const EmulatedKernels kernels(Order::Forward);
        const at::Tensor spectrum = at::zeros({2, 33}, at::kComplexFloat);
        QCOMPARE(sumModuli(spectrum, 64, 1).item<double>(), 0.0);
        QVERIFY(spectrum.equal(at::zeros_like(spectrum)));
    }

    void keepsNotANumber() {
        const EmulatedKernels kernels(Order::Forward);
        const at::Tensor spectrum = at::zeros({2, 33}, at::kComplexFloat);
        at::view_as_real(spectrum).view(-1)[70] = notANumber;
        QVERIFY(sumModuli(spectrum, 64, 1).isnan().item<bool>());
    }
};

HEADROOM_TEST_MAIN(TestSpectralLoss)
#include "tst_spectral_loss.moc"
