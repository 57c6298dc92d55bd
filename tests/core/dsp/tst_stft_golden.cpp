// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dsp/stft.h"
#include "tests/support/golden_case.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

namespace {

/// Golden files store bins before frames, and complex numbers as pairs.
at::Tensor toStored(const at::Tensor& spectrogram) {
    return at::view_as_real(spectrogram.transpose(-1, -2));
}

at::Tensor fromStored(const at::Tensor& pairs) {
    return at::view_as_complex(pairs.contiguous()).transpose(-1, -2);
}

void checkStft(const GoldenCase& golden, GoldenComparison& comparison) {
    const auto& config = golden.config();
    const Stft stft(config["n_fft"], config["hop"], config["win"], comparison.dtype());
    const at::Tensor x = comparison.input("input/x");
    const at::Tensor spectrogram = stft.forward(x);
    comparison.check("output/stft", toStored(spectrogram));
    comparison.check("output/istft_len", stft.inverse(spectrogram, x.size(-1)));
    comparison.check("output/istft_nolen", stft.inverse(spectrogram));
    comparison.check("output/istft_modified_len",
                     stft.inverse(fromStored(comparison.input("inter/modified")), x.size(-1)));
}

} // namespace

class TestStftGolden : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchesGoldenFiles() { runGoldenCases("stft", checkStft); }
};

HEADROOM_TEST_MAIN(TestStftGolden)
#include "tst_stft_golden.moc"
