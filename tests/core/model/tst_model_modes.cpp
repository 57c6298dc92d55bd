// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/golden_model.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

namespace {

struct Result {
    at::Tensor wave;
    std::vector<at::Tensor> gradients;
};

Result run(const GoldenCase& golden, const std::function<void(BandSplitModel&)>& mode,
           at::ScalarType dtype = at::kFloat) {
    const auto model = goldenModel(golden, dtype);
    mode(*model);
    const at::Tensor wave = model->forward(golden.tensors.at("input/mix").to(dtype));
    const at::Tensor target = golden.tensors.at("input/target").to(dtype).narrow(-1, 0, wave.size(-1));
    goldenLoss(golden.config(), wave, target).total.backward();
    Result result{wave.detach(), {}};
    for (const auto& [name, value] : model->parameters().entries())
        result.gradients.push_back(value.grad());
    return result;
}

/// All whole models of the golden files but those at full size.
std::vector<GoldenCase> wholeModels() {
    std::vector<GoldenCase> all;
    for (const char* kind : {"bsmamba2_full", "bs_roformer", "mel_band_roformer"})
        for (GoldenCase& golden : goldenCases(kind))
            if (!golden.name.ends_with("fullbands"))
                all.push_back(std::move(golden));
    return all;
}

double magnitude(const at::Tensor& x) {
    return x.to(at::kDouble).norm().item<double>();
}

double cosine(const at::Tensor& a, const at::Tensor& b) {
    return (a.to(at::kDouble) * b.to(at::kDouble)).sum().item<double>() / (magnitude(a) * magnitude(b));
}

} // namespace

/// Compares recompute, offload and bf16 with the default mode, on the models of the golden files.
class TestModelModes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// From one slice to one row per slice, with shorter last slices.
    void sliceCountDoesNotChangeGradients() {
        for (const GoldenCase& golden : wholeModels()) {
            const Result whole = run(
                golden, [](BandSplitModel&) {}, at::kDouble);
            for (const std::int64_t slices : {1, 2, 3, 4, 5, 7, 11, 16, 29, 64, 1000}) {
                const Result sliced = run(
                    golden,
                    [&](BandSplitModel& model) { model.setRecompute({.layers = 99, .slices = slices}); },
                    at::kDouble);
                QVERIFY(at::allclose(whole.wave, sliced.wave, 1e-10, 1e-12));
                for (std::size_t i = 0; i < whole.gradients.size(); ++i) {
                    const double error = magnitude(whole.gradients[i] - sliced.gradients[i]);
                    QVERIFY2(error <= 1e-10 * magnitude(whole.gradients[i]),
                             qPrintable(QStringLiteral("%1, %2 slices, parameter %3: %4")
                                            .arg(golden.name.c_str())
                                            .arg(slices)
                                            .arg(i)
                                            .arg(error)));
                }
            }
        }
    }

    /// Only the first layer recomputes, with its inputs in host memory.
    void recomputesSomeLayersWithOffload() {
        for (const GoldenCase& golden : wholeModels()) {
            const Result none = run(
                golden, [](BandSplitModel&) {}, at::kDouble);
            const Result one = run(
                golden,
                [](BandSplitModel& model) {
                    model.setRecompute({.layers = 1, .slices = 3, .offload = true});
                },
                at::kDouble);
            for (std::size_t i = 0; i < none.gradients.size(); ++i)
                QVERIFY(magnitude(none.gradients[i] - one.gradients[i]) <=
                        1e-10 * magnitude(none.gradients[i]));
        }
    }

    void bf16StaysCloseToFp32() {
        for (const GoldenCase& golden : wholeModels()) {
            const Result exact = run(golden, [](BandSplitModel&) {});
            const Result rounded =
                run(golden, [](BandSplitModel& model) { model.setPrecision(at::kBFloat16); });
            QCOMPARE(rounded.wave.scalar_type(), at::kFloat);
            const double error = magnitude(rounded.wave - exact.wave) / magnitude(exact.wave);
            QVERIFY2(error > 0 && error < 0.03, QByteArray::number(error));
            // The cosine of a scalar is its sign, which is random near 0. Scalar parameters are therefore
            // compared together.
            std::vector<at::Tensor> exactNumbers;
            std::vector<at::Tensor> roundedNumbers;
            const auto requireClose = [&](const at::Tensor& actual, const at::Tensor& expected,
                                          std::size_t i) {
                const double close = cosine(actual, expected);
                // Linear attention multiplies its scores, and so their rounding, by 8.
                const double least = golden.name.find("linear") != std::string::npos ? 0.95 : 0.99;
                QVERIFY2(close >= least, qPrintable(QStringLiteral("%1, parameter %2: cosine %3")
                                                        .arg(golden.name.c_str())
                                                        .arg(i)
                                                        .arg(close)));
            };
            for (std::size_t i = 0; i < exact.gradients.size(); ++i) {
                QCOMPARE(rounded.gradients[i].scalar_type(), at::kFloat);
                if (exact.gradients[i].numel() > 1) {
                    requireClose(rounded.gradients[i], exact.gradients[i], i);
                } else {
                    exactNumbers.push_back(exact.gradients[i].flatten());
                    roundedNumbers.push_back(rounded.gradients[i].flatten());
                }
            }
            if (!exactNumbers.empty())
                requireClose(at::cat(roundedNumbers), at::cat(exactNumbers), exact.gradients.size());
        }
    }
};

HEADROOM_TEST_MAIN(TestModelModes)
#include "tst_model_modes.moc"
