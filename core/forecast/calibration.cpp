#include "core/forecast/calibration.h"

#include "core/forecast/forecaster.h"

#include <algorithm>
#include <array>

namespace headroom {
namespace {

struct Setting {
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

/// From small to large; each kind of work is in turn much and little of the whole. Only the first two, which
/// are nearly all calls, are so short that they stay within a cache: more of them would flatter the others.
constexpr std::array settings = {
    Setting{16, 1, 16, 16, 0.5, fp32, false, 1}, Setting{16, 1, 16, 16, 0.5, bf16, true, 1},
    Setting{32, 1, 32, 16, 1, fp32, true, 1},    Setting{32, 2, 24, 32, 1, bf16, false, 1},
    Setting{64, 1, 24, 16, 1, fp32, false, 1},   Setting{64, 1, 32, 32, 1, bf16, true, 1},
    Setting{16, 2, 48, 32, 1.5, fp32, false, 1}, Setting{16, 2, 48, 64, 1.5, bf16, true, 1},
    Setting{96, 1, 48, 16, 1, bf16, false, 1},   Setting{96, 1, 32, 48, 1, fp32, true, 1},
    Setting{128, 2, 32, 32, 1, bf16, true, 1},   Setting{128, 2, 24, 32, 1, fp32, false, 1},
    Setting{128, 2, 62, 64, 1, bf16, true, 1},   Setting{128, 2, 62, 64, 1, fp32, true, 1},
    Setting{256, 2, 62, 128, 2, bf16, true, 1},  Setting{256, 2, 62, 128, 2, fp32, true, 1},
    Setting{256, 6, 62, 128, 4, bf16, true, 1},  Setting{256, 6, 62, 128, 8, bf16, true, 2},
};

RunConfig configOf(const Setting& setting) {
    RunConfig config;
    config.audio.segmentLength = setting.seconds;
    config.model.hiddenDim = setting.dim;
    config.model.numLayers = setting.layers;
    config.model.numSubbands = setting.bands;
    config.model.dState = setting.dState;
    config.model.headdim = 16;
    config.model.useGradientCheckpointing = setting.recompute;
    config.training.batchSize = setting.batch;
    config.training.gradientAccumulationSteps = 1;
    config.training.precision = setting.precision;
    return config;
}

} // namespace

std::vector<TimedCost> calibrate(const Card& card, c10::Device device, double budget,
                                 const SecondsClock& clock,
                                 const std::function<void(double share)>& onProgress) {
    constexpr int times = 2;
    std::vector<TimedCost> timed;
    const double begin = clock();
    for (const Setting& setting : settings) {
        const RunConfig config = configOf(setting);
        const Forecast expected =
            forecast({.config = config, .card = card, .detail = ForecastDetail::Totals});
        if (expected.verdict == Verdict::DoesNotFit)
            break;
        timed.push_back({expected.work.total(), timeUpdate(config, device, times, clock)});
        const double ofFewest = static_cast<double>(timed.size()) / MachineSpeed::fewest;
        const double share = std::min({1.0, ofFewest, (clock() - begin) / budget});
        if (onProgress)
            onProgress(share);
        if (share == 1)
            break;
    }
    return timed;
}

} // namespace headroom
