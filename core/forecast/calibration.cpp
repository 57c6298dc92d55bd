// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/calibration.h"

#include "core/forecast/forecaster.h"

#include <algorithm>
#include <array>

namespace headroom {
namespace {

struct TimedModel {
    int dim;
    int layers;
    int bands;
    int dState;
    double seconds;
    Precision precision;
    bool recompute;
    int batch;
};

constexpr auto fp32 = Precision::Fp32;
constexpr auto bf16 = Precision::Bf16;

/// From small to large, with varying shares of each kind of cost. Only the first two, which consist almost
/// entirely of calls, are small enough to stay in a cache; more of them would bias the fit.
constexpr std::array models = {
    TimedModel{16, 1, 16, 16, 0.5, fp32, false, 1}, TimedModel{16, 1, 16, 16, 0.5, bf16, true, 1},
    TimedModel{32, 1, 32, 16, 1, fp32, true, 1},    TimedModel{32, 2, 24, 32, 1, bf16, false, 1},
    TimedModel{64, 1, 24, 16, 1, fp32, false, 1},   TimedModel{64, 1, 32, 32, 1, bf16, true, 1},
    TimedModel{16, 2, 48, 32, 1.5, fp32, false, 1}, TimedModel{16, 2, 48, 64, 1.5, bf16, true, 1},
    TimedModel{96, 1, 48, 16, 1, bf16, false, 1},   TimedModel{96, 1, 32, 48, 1, fp32, true, 1},
    TimedModel{128, 2, 32, 32, 1, bf16, true, 1},   TimedModel{128, 2, 24, 32, 1, fp32, false, 1},
    TimedModel{128, 2, 62, 64, 1, bf16, true, 1},   TimedModel{128, 2, 62, 64, 1, fp32, true, 1},
    TimedModel{256, 2, 62, 128, 2, bf16, true, 1},  TimedModel{256, 2, 62, 128, 2, fp32, true, 1},
    TimedModel{256, 6, 62, 128, 4, bf16, true, 1},  TimedModel{256, 6, 62, 128, 8, bf16, true, 2},
};

RunConfig configOf(const TimedModel& model) {
    RunConfig config;
    config.audio.segmentLength = model.seconds;
    config.model.hiddenDim = model.dim;
    config.model.numLayers = model.layers;
    config.model.numSubbands = model.bands;
    config.model.dState = model.dState;
    config.model.headdim = 16;
    config.model.useGradientCheckpointing = model.recompute;
    config.training.batchSize = model.batch;
    config.training.gradientAccumulationSteps = 1;
    config.training.precision = model.precision;
    return config;
}

} // namespace

std::vector<TimedCost> calibrate(const Card& card, c10::Device device, double budget,
                                 const SecondsClock& clock,
                                 const std::function<void(double share)>& onProgress) {
    constexpr int times = 2;
    std::vector<TimedCost> timed;
    const double begin = clock();
    for (const TimedModel& model : models) {
        const RunConfig config = configOf(model);
        const Forecast expected =
            forecast({.config = config, .card = card, .detail = ForecastDetail::Totals});
        if (expected.verdict == Verdict::DoesNotFit)
            break;
        timed.push_back({expected.cost.total(), timeStep(config, device, times, clock)});
        const double shareOfSamples = static_cast<double>(timed.size()) / MachineSpeed::minimumSamples;
        const double share = std::min({1.0, shareOfSamples, (clock() - begin) / budget});
        if (onProgress)
            onProgress(share);
        if (share == 1)
            break;
    }
    return timed;
}

} // namespace headroom
