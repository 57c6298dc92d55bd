// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/token_rows.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <cmath>

using namespace headroom;

namespace {

/// Widths below, at and between those of vector registers.
constexpr std::int64_t widths[] = {1, 5, 16, 384, 387};
constexpr std::int64_t rows = 7;

float* data(const at::Tensor& x) {
    return x.mutable_data_ptr<float>();
}

bool agrees(const at::Tensor& found, const at::Tensor& exact, double relative, double absolute) {
    return at::allclose(found.to(at::kDouble), exact, relative, absolute);
}

} // namespace

class TestTokenRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void normalizes() {
        for (const std::int64_t width : widths) {
            const at::Tensor x = at::randn({rows, width});
            x[1].zero_();
            x[2].mul_(1e-8);
            x[3].mul_(1e8);
            const at::Tensor gain = at::randn({width});
            const at::Tensor wide = x.to(at::kDouble);
            const at::Tensor exact =
                wide / wide.norm(2, -1, true).clamp_min(1e-12) * std::sqrt(static_cast<double>(width));
            const at::Tensor found = at::empty_like(x);
            normalizeTokens(data(x), nullptr, rows, width, data(found));
            QVERIFY(agrees(found, exact, 1e-6, 0));
            normalizeTokens(data(x), data(gain), rows, width, data(found));
            QVERIFY(agrees(found, exact * gain, 1e-6, 0));
            normalizeTokens(data(x), nullptr, rows, width, data(x)); // in place
            QVERIFY(agrees(x, exact, 1e-6, 0));
        }
    }

    /// Relative to the result, also where nearly nothing is left of it.
    void computesGelu() {
        const at::Tensor x = at::linspace(-12, 12, 24001);
        const at::Tensor wide = x.to(at::kDouble);
        const at::Tensor exact = wide * at::erfc(wide * -std::sqrt(0.5)) / 2;
        const at::Tensor none = at::zeros_like(x);
        const at::Tensor found = x.clone();
        addBiasAndGelu(data(none), 1, x.numel(), data(found));
        // e^(-x^2 / 2) has the error of its exponent, which grows with x^2. The rest rounds more where
        // multiply and add are not one instruction.
        const at::Tensor bound = exact.abs() * (5e-7 + 6e-8 * wide.clamp_max(0).square());
        QVERIFY((found.to(at::kDouble) - exact).abs().le(bound).all().item<bool>());

        const at::Tensor far = at::tensor({-1e30F, -40.0F, 40.0F, 1e30F});
        addBiasAndGelu(data(none), 1, 4, data(far));
        QVERIFY(at::equal(far, at::tensor({0.0F, 0.0F, 40.0F, 1e30F})));
    }

    void addsBiases() {
        for (const std::int64_t width : widths) {
            const at::Tensor x = at::randn({rows, width});
            const at::Tensor y = at::randn({rows, width});
            const at::Tensor bias = at::randn({width});
            const at::Tensor shifted = x.to(at::kDouble) + bias;
            const at::Tensor hidden = x.clone();
            addBiasAndGelu(data(bias), rows, width, data(hidden));
            QVERIFY(agrees(hidden, at::gelu(shifted), 1e-5, 1e-6));
            const at::Tensor gates = x * 50;
            const at::Tensor exactGates = at::sigmoid(gates.to(at::kDouble) + bias);
            addBiasAndOpen(data(bias), rows, width, data(gates));
            QVERIFY(agrees(gates, exactGates, 1e-5, 1e-30));
            const at::Tensor sum = x.clone();
            addToTokens(data(y), data(bias), rows, width, data(sum));
            QVERIFY(agrees(sum, shifted + y, 1e-6, 1e-6));
            addToTokens(data(y), nullptr, rows, width, data(sum));
            QVERIFY(agrees(sum, shifted + 2 * y.to(at::kDouble), 1e-6, 2e-6));
        }
    }
};

HEADROOM_TEST_MAIN(TestTokenRows)
#include "tst_token_rows.moc"
